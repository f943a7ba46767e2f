#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "hammerscale/dataset/even_split.hpp"
#include "hammerscale/hammerscale.hpp"
#include "output_options.hpp"
#include "tera_record.hpp"
#include "verb.hpp"
#include "whole_number.hpp"

namespace hammerscale::program {
namespace {

class TeragenVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"teragen", "Make 100-byte records with random 10-byte keys; the same for the same --seed",
            "hammerscale teragen 1000000 /scratch/tera-in"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("ROWS", num_rows_, "Records to make")->required()->check(whole_number_from(0));
    command.add_option("OUTPUT", output_.path, "Folder of part files, or one file if the name has an extension")
        ->required();
    output_.add_existing_flags(command);
  }

  void check() const override {
    output_.check();
    if (num_rows_ > INT64_MAX / 100) {
      throw UserError(ErrorCode::kInvalidArgument, "so many records need more than 2^63 bytes",
                      {{"rows", std::to_string(num_rows_)}});
    }
  }

  int run(Session& session, const RunOptions& options) override {
    const auto seed = options.seed;
    const auto records = session.range(0, num_rows_, 1, options.num_partitions).map([seed](std::int64_t row) {
      return make_tera_record(seed, static_cast<std::uint64_t>(row));
    });
    std::vector<std::uint64_t> counts;
    const auto n = static_cast<std::uint64_t>(num_rows_);
    const auto num_partitions = records.num_partitions();
    for (std::uint32_t p = 0; p < num_partitions; ++p) {
      counts.push_back(even_split_begin(n, num_partitions, p + 1) - even_split_begin(n, num_partitions, p));
    }
    write_tera_records(records, output_, std::move(counts));
    return 0;
  }

 private:
  std::int64_t num_rows_ = 0;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Verb> make_teragen_verb() { return std::make_unique<TeragenVerb>(); }

}  // namespace hammerscale::program
