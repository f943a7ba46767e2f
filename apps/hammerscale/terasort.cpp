#include <CLI/CLI.hpp>
#include <string>

#include "hammerscale/dataset/binary_records.hpp"
#include "hammerscale/hammerscale.hpp"
#include "output_options.hpp"
#include "tera_record.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

class TerasortVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"terasort", "Sort 100-byte records by their first 10 bytes, stably",
            "mpirun -n 9 hammerscale terasort /scratch/tera-in /scratch/tera-out"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("INPUT", input_, "File, folder or quoted glob")->required();
    command.add_option("OUTPUT", output_.path, "Folder of part files, or one file if the name has an extension")
        ->required();
    output_.add_existing_flags(command);
  }

  void check() const override { output_.check(); }

  int run(Session& session, const RunOptions& options) override {
    const auto records = read_binary_records<TeraRecord>(session, {input_}, options.num_partitions);
    write_tera_records(records.sort_by([](const TeraRecord& record) { return record.key; }), output_);
    return 0;
  }

 private:
  std::string input_;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Verb> make_terasort_verb() { return std::make_unique<TerasortVerb>(); }

}  // namespace hammerscale::program
