#include "tera_record.hpp"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "placed_file.hpp"

namespace hammerscale::program {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

std::string_view bytes_of_block(BlockSpan<TeraRecord> records) {
  return {reinterpret_cast<const char*>(records.data()), records.size_bytes()};
}

struct FileTarget {
  std::string path;
  std::vector<std::uint64_t> offsets;
};
constexpr auto write_at_place = [](const FileTarget& target, TaskContext& context, std::uint32_t partition,
                                   const Operator<TeraRecord>& input) -> Nothing {
  PlacedWriter writer(target.path, target.offsets[partition]);
  for_each_block(input, context, partition, [&](BlockSpan<TeraRecord> records) {
    writer.write(bytes_of_block(records));
    context.throw_if_cancelled();
    return true;
  });
  writer.flush();
  return {};
};

constexpr auto write_part = [](const std::string& folder, TaskContext& context, std::uint32_t partition,
                               const Operator<TeraRecord>& input) -> Nothing {
  TextWriter writer(actions::part_path({folder, ""}, partition), "");
  for_each_block(input, context, partition, [&](BlockSpan<TeraRecord> records) {
    writer.write(bytes_of_block(records));
    context.throw_if_cancelled();
    return true;
  });
  writer.close();
  return {};
};

}  // namespace

TeraRecord make_tera_record(std::uint64_t seed, std::uint64_t row) {
  TeraRecord record;
  CounterRandom random(seed, row);
  const auto first = random.next_bits();
  const auto second = random.next_bits();
  std::memcpy(record.key.data(), &first, 8);
  std::memcpy(record.key.data() + 8, &second, 2);
  auto* out = record.payload.data();
  *out++ = 0x00;
  *out++ = 0x11;
  out = std::fill_n(out, 16, static_cast<std::uint8_t>('0'));
  for (int shift = 60; shift >= 0; shift -= 4) { *out++ = static_cast<std::uint8_t>(kHexDigits[row >> shift & 0xFU]); }
  for (const std::uint8_t byte : {0x88, 0x99, 0xAA, 0xBB}) { *out++ = byte; }
  for (int word = 0; word < 12; ++word) {
    out = std::fill_n(out, 4, static_cast<std::uint8_t>(kHexDigits[second >> (16 + 4 * word) & 0xFU]));
  }
  for (const std::uint8_t byte : {0xCC, 0xDD, 0xEE, 0xFF}) { *out++ = byte; }
  return record;
}

void write_tera_records(const Dataset<TeraRecord>& records, const OutputOptions& options,
                        std::vector<std::uint64_t> records_of_partition) {
  PendingOutput output(options);
  const auto where = std::source_location::current();
  const auto partitions = all_partitions(*records.node());
  if (options.is_one_file()) {
    if (records_of_partition.empty()) {
      records.persist();
      records_of_partition = run_action<TeraRecord, std::uint64_t>(records.engine(), records.node(), "measure_output",
                                                                   actions::CountElements{}, partitions, where);
    }
    FileTarget target{output.temporary_path(), {}};
    std::uint64_t offset = file_bytes(output.prefix_file());
    for (const auto count : records_of_partition) {
      target.offsets.push_back(offset);
      offset += count * sizeof(TeraRecord);
    }
    make_placed_file(target.path, output.prefix_file(), offset);
    run_action<TeraRecord, Nothing>(records.engine(), records.node(), "write_output",
                                    hammerscale::bind(std::move(target), write_at_place), partitions, where);
  } else {
    run_action<TeraRecord, Nothing>(records.engine(), records.node(), "write_output",
                                    hammerscale::bind(output.temporary_path(), write_part), partitions, where);
  }
  output.commit();
}

}  // namespace hammerscale::program
