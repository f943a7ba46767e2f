#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/session.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "hammerscale/mllib/feature_table.hpp"

namespace hammerscale::mllib {

/// Field of an error that a task raises for a bad row: it knows its partition and the line in it, not the file and
/// line.
inline constexpr const char* kPlaceField = "line_of_partition";

/// Text files and how they are cut: partition i of `lines` is splits[i].
struct SplitLines {
  std::vector<TextSplit> splits;
  Dataset<std::string> lines;
};

/// Reads files cut into byte ranges. @throws UserError kFileNotFound, kInput
SplitLines read_split_lines(const Session& session, const std::vector<std::string>& files,
                            const std::optional<std::uint32_t>& num_partitions);

/// What a second look at a partition finds.
struct PartitionCheck {
  std::uint64_t num_lines = 0;
  std::uint64_t bad_line = 0;  ///< From 0.
  bool is_bad = false;
  BadCell bad;
};

/// Throws the first bad row's error with the file and line it is in.
void throw_first_bad_row(const std::vector<TextSplit>& splits, const std::vector<PartitionCheck>& checks);

/// Throws a bad row's error as a task knows it.
[[noreturn]] void throw_bad_line(const BadCell& bad, std::uint64_t line);

/// A table on text files whose lines a Parser takes apart: parse(line, expects_header, wants_cells, row, bad).
template <typename Parser>
class LineTable final : public TableSource {
 public:
  LineTable(SplitLines input, Parser parser) : input_(std::move(input)), parser_(std::move(parser)) {
    for (const auto& split : input_.splits) { begins_file_.push_back(split.offset == 0 ? 1 : 0); }
  }

  [[nodiscard]] Dataset<std::vector<double>> numbers() const override { return make<std::vector<double>>(); }
  [[nodiscard]] Dataset<TableRow> rows() const override { return make<TableRow>(); }

  void explain() const override {
    const auto checks = run_action<std::string, PartitionCheck>(
        input_.lines.engine(), input_.lines.node(), "find_bad_row",
        hammerscale::bind(parser_, begins_file_,
                          [](const Parser& parser, const std::vector<std::uint8_t>& begins_file, TaskContext& context,
                             std::uint32_t partition, const Operator<std::string>& input) {
                            return check_partition(parser, begins_file, context, partition, input);
                          }),
        all_partitions(*input_.lines.node()), std::source_location::current());
    throw_first_bad_row(input_.splits, checks);
  }

 private:
  template <typename Element>
  Dataset<Element> make() const {
    return input_.lines.template map_partitions_with_index<Element>(hammerscale::bind(
        parser_, begins_file_,
        [](const Parser& parser, const std::vector<std::uint8_t>& begins_file, std::uint32_t partition,
           PartitionRows<std::string>& lines,
           Emitter<Element>& emit) { parse_partition<Element>(parser, begins_file, partition, lines, emit); }));
  }

  template <typename Element>
  static void parse_partition(const Parser& parser, const std::vector<std::uint8_t>& begins_file,
                              std::uint32_t partition, PartitionRows<std::string>& lines, Emitter<Element>& emit) {
    constexpr bool kWantsCells = std::same_as<Element, TableRow>;
    bool expects_header = begins_file[partition] != 0;
    std::uint64_t line_number = 0;
    TableRow row;
    BadCell bad;
    lines.for_each([&](const std::string& line) {
      const auto status = parser.parse(line, expects_header, kWantsCells, row, bad);
      if (status == LineStatus::kBad) { throw_bad_line(bad, line_number); }
      ++line_number;
      if (status == LineStatus::kNoRow) { return true; }
      if constexpr (kWantsCells) {
        return emit(row);
      } else {
        return emit(row.numbers);
      }
    });
  }

  static PartitionCheck check_partition(const Parser& parser, const std::vector<std::uint8_t>& begins_file,
                                        TaskContext& context, std::uint32_t partition,
                                        const Operator<std::string>& input) {
    PartitionCheck check;
    bool expects_header = begins_file[partition] != 0;
    TableRow row;
    for_each_block(input, context, partition, [&](BlockSpan<std::string> lines) {
      for (const auto& line : lines) {
        if (!check.is_bad && parser.parse(line, expects_header, false, row, check.bad) == LineStatus::kBad) {
          check.is_bad = true;
          check.bad_line = check.num_lines;
        }
        ++check.num_lines;
      }
      return true;
    });
    return check;
  }

  SplitLines input_;
  Parser parser_;
  std::vector<std::uint8_t> begins_file_;  // Of each partition.
};

}  // namespace hammerscale::mllib
