#include <zlib.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "hammerscale/dataset/binary_records.hpp"
#include "hammerscale/hammerscale.hpp"
#include "line_output.hpp"
#include "tera_record.hpp"
#include "verb.hpp"

namespace hammerscale::program {
namespace {

/// What one partition tells of its records.
struct Summary {
  std::uint64_t num_rows = 0;
  std::uint64_t checksum_low = 0;  ///< Sum of the records' CRC-32, so that order does not matter; 128 bits.
  std::uint64_t checksum_high = 0;
  std::uint64_t first_unsorted = UINT64_MAX;  ///< First record of the partition that is below the one before it.
  std::array<std::uint8_t, 10> first_key{};
  std::array<std::uint8_t, 10> last_key{};

  void add_to_checksum(std::uint64_t low, std::uint64_t high) {
    checksum_low += low;
    checksum_high += high + (checksum_low < low ? 1 : 0);
  }
};

struct Summarize {
  Summary operator()(TaskContext& context, std::uint32_t partition, const Operator<TeraRecord>& input) const {
    Summary summary;
    for_each_block(input, context, partition, [&](BlockSpan<TeraRecord> records) {
      for (const auto& record : records) {
        if (summary.num_rows == 0) {
          summary.first_key = record.key;
        } else if (record.key < summary.last_key && summary.first_unsorted == UINT64_MAX) {
          summary.first_unsorted = summary.num_rows;
        }
        summary.last_key = record.key;
        summary.add_to_checksum(crc32(0, reinterpret_cast<const Bytef*>(&record), sizeof(record)), 0);
        ++summary.num_rows;
      }
      return true;
    });
    return summary;
  }
};

std::string hex(std::uint64_t high, std::uint64_t low) {
  std::array<char, 40> text{};
  if (high != 0) {
    std::snprintf(text.data(), text.size(), "%llx%016llx", static_cast<unsigned long long>(high),
                  static_cast<unsigned long long>(low));
  } else {
    std::snprintf(text.data(), text.size(), "%llx", static_cast<unsigned long long>(low));
  }
  return text.data();
}

class TeravalidateVerb final : public Verb {
 public:
  [[nodiscard]] VerbDescription description() const override {
    return {"teravalidate",
            "Count 100-byte records, sum their CRC-32, and look whether their keys ascend; leaves with 1 if not",
            "hammerscale teravalidate /scratch/tera-out"};
  }

  void add_options(CLI::App& command) override {
    command.add_option("INPUT", input_, "File, folder or quoted glob")->required();
  }

  int run(Session& session, const RunOptions& options) override {
    const auto records = read_binary_records<TeraRecord>(session, {input_}, options.num_partitions);
    const auto parts =
        run_action<TeraRecord, Summary>(records.engine(), records.node(), "teravalidate", Summarize{},
                                        all_partitions(*records.node()), std::source_location::current());
    Summary all;
    for (const auto& part : parts) {
      if (part.num_rows == 0) { continue; }
      if (all.first_unsorted == UINT64_MAX) {
        if (all.num_rows != 0 && part.first_key < all.last_key) {
          all.first_unsorted = all.num_rows;
        } else if (part.first_unsorted != UINT64_MAX) {
          all.first_unsorted = all.num_rows + part.first_unsorted;
        }
      }
      all.last_key = part.last_key;
      all.num_rows += part.num_rows;
      all.add_to_checksum(part.checksum_low, part.checksum_high);
    }
    const bool sorted = all.first_unsorted == UINT64_MAX;
    std::string text = "rows: " + std::to_string(all.num_rows) +
                       "\nchecksum: " + hex(all.checksum_high, all.checksum_low) +
                       "\nsorted: " + (sorted ? "true" : "false") + '\n';
    if (!sorted) { text += "first_unsorted_row: " + std::to_string(all.first_unsorted) + '\n'; }
    print_text(text);
    return sorted ? 0 : 1;
  }

 private:
  std::string input_;
};

}  // namespace

std::unique_ptr<Verb> make_teravalidate_verb() { return std::make_unique<TeravalidateVerb>(); }

}  // namespace hammerscale::program
