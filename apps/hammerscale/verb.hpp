#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hammerscale/dataset/run.hpp"
#include "hammerscale/dataset/session.hpp"

namespace CLI {
class App;
}

namespace hammerscale::program {

/// What `--help` says about a verb.
struct VerbDescription {
  std::string name;     ///< What the user types.
  std::string summary;  ///< One sentence.
  std::string example;  ///< One command line that works as it stands.
};

/// One verb of the program: its options and the job it runs. Made and parsed on every rank alike; run on the driver.
class Verb {
 public:
  Verb() = default;
  Verb(const Verb&) = delete;
  Verb& operator=(const Verb&) = delete;
  virtual ~Verb() = default;

  [[nodiscard]] virtual VerbDescription description() const = 0;

  /// Declares options, positionals and, if need be, nested subcommands; their values go to members. The program makes
  /// all nested subcommands accept the global options too.
  virtual void add_options(CLI::App& command) = 0;

  /// Looks at what was parsed, on every rank, before MPI starts. Reads no files: only the driver does.
  /// @throws UserError  options that do not go together.
  virtual void check() const {}

  /// Does the job. Driver only.
  /// @param options  the global options as given; empty members come from the allocation.
  /// @return the program's exit code: 0, or 1 where the job ran and its answer is no.
  virtual int run(Session& session, const RunOptions& options) = 0;
};

/// The verbs, in the order of `--help`. One factory each, defined in the verb's own file.
std::vector<std::unique_ptr<Verb>> make_all_verbs();

std::unique_ptr<Verb> make_calibrate_verb();
std::unique_ptr<Verb> make_graph_verb();
std::unique_ptr<Verb> make_info_verb();
std::unique_ptr<Verb> make_ml_verb();
std::unique_ptr<Verb> make_sort_verb();
std::unique_ptr<Verb> make_sql_verb();
std::unique_ptr<Verb> make_teragen_verb();
std::unique_ptr<Verb> make_terasort_verb();
std::unique_ptr<Verb> make_teravalidate_verb();
std::unique_ptr<Verb> make_wordcount_verb();

}  // namespace hammerscale::program
