#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/hammerscale.hpp"
#include "hammerscale/sql/sql_session.hpp"
#include "output_options.hpp"
#include "sql_runner.hpp"
#include "sql_shell.hpp"
#include "table_printer.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) { throw UserError(ErrorCode::kFileNotFound, "file of statements cannot be read", {{"path", path}}); }
  std::ostringstream contents;
  contents << file.rdbuf();
  return std::move(contents).str();
}

class SqlVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"sql", "Run SQL statements in Spark's dialect, or read them from a terminal",
            "hammerscale sql -e 'SELECT 1 + 1 AS two'"};
  }

  void add_options(CLI::App& command) override {
    command
        .add_option_function<std::vector<std::string>>(
            "-e",
            [this](const std::vector<std::string>& given) {
              for (const auto& text : given) { sources_.emplace_back(false, text); }
            },
            "Statements to run, separated by semicolons; may be repeated")
        ->type_name("STATEMENTS")
        ->trigger_on_parse();
    command
        .add_option_function<std::vector<std::string>>(
            "-f",
            [this](const std::vector<std::string>& given) {
              for (const auto& path : given) { sources_.emplace_back(true, path); }
            },
            "A file of statements; may be repeated")
        ->type_name("FILE")
        ->trigger_on_parse();
    command.add_flag("--continue", keep_going_, "Go on behind a statement that fails; the exit code is 2 all the same");
    command.add_flag("--timing", timing_, "Show how long each statement takes, on standard error");
    table_.add_to(command);
    output_.add_to(command);
  }

  void check() const override {
    if (!as_results()) { table_.check(); }
    output_.check();
  }

  int run(Session& session, const RunOptions&) override {
    SqlOutput shown;
    shown.table = table_;
    shown.as_results = as_results();
    if (shown.as_results) { shown.table.format = "none"; }
    shown.timing = timing_;
    std::unique_ptr<PendingOutput> pending;
    std::ofstream file;
    if (output_.given()) {
      auto one_file = output_;
      one_file.always_one_file = true;
      pending = std::make_unique<PendingOutput>(one_file);
      file.open(pending->temporary_path(), std::ios::binary);
      if (!file) { throw UserError(ErrorCode::kOutput, "output cannot be made", {{"path", output_.path}}); }
      if (!pending->prefix_file().empty()) { file << read_file(pending->prefix_file()); }
    }
    SqlRunner runner(sql::SqlSession(session), shown, [&](std::string_view text) {
      if (pending) {
        file << text;
      } else {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
      }
    });
    if (sources_.empty() && ::isatty(STDIN_FILENO) != 0) {
      runner.output().explain_errors = true;
      run_sql_shell(runner);
      return 0;
    }
    if (!run_sources(runner)) { return 2; }
    if (pending) {
      file.close();
      if (!file) { throw ResourceError(ErrorCode::kOutput, "output cannot be written", {{"path", output_.path}}); }
      pending->commit();
    }
    return 0;
  }

 private:
  [[nodiscard]] bool as_results() const { return table_.format == "results"; }

  bool run_sources(SqlRunner& runner) {
    if (sources_.empty()) {
      const std::string script{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
      return runner.run_script(script, keep_going_);
    }
    bool all_succeeded = true;
    for (const auto& [is_file, text] : sources_) {
      if (runner.run_script(is_file ? read_file(text) : text, keep_going_)) { continue; }
      all_succeeded = false;
      if (!keep_going_) { break; }
    }
    return all_succeeded;
  }

  std::vector<std::pair<bool, std::string>> sources_;  ///< Whether it is a file, and its path or text.
  bool keep_going_ = false;
  bool timing_ = false;
  TableOptions table_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Verb> make_sql_verb() { return std::make_unique<SqlVerb>(); }

}  // namespace hammerscale::program
