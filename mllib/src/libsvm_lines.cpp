#include "hammerscale/mllib/libsvm_lines.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "hammerscale/base/text_scan.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {
namespace {

/// The next run of bytes that are no blanks; empty at the end.
std::string_view take_word(std::string_view& line) {
  while (!line.empty() && is_ascii_space(line.front())) { line.remove_prefix(1); }
  const auto* const end = std::find_if(line.data(), line.data() + line.size(), is_ascii_space);
  const auto word = line.substr(0, static_cast<std::size_t>(end - line.data()));
  line.remove_prefix(word.size());
  return word;
}

BadCell bad_entry(const char* sentence, std::string_view entry) {
  return {ErrorCode::kMalformedInput, sentence, {{"column", std::string(entry)}}};
}

/// Calls take(index, value) for the entries of a line. @return kNoRow for a blank line.
template <typename Take>
LineStatus walk_line(std::string_view line, double& label, BadCell& bad, const Take& take) {
  line = line.substr(0, line.find('#'));
  const auto first = take_word(line);
  if (first.empty()) { return LineStatus::kNoRow; }
  const auto parsed_label = parse_number(first);
  if (!parsed_label) {
    bad = {ErrorCode::kMalformedInput, "a label is not a number", {{"column", "label"}, {"value", std::string(first)}}};
    return LineStatus::kBad;
  }
  label = *parsed_label;
  std::uint32_t before = 0;
  for (auto entry = take_word(line); !entry.empty(); entry = take_word(line)) {
    std::uint32_t index = 0;
    const auto colon = std::min(entry.find(':'), entry.size());
    const auto [stopped, status] = std::from_chars(entry.data(), entry.data() + colon, index);
    const bool is_index = colon < entry.size() && status == std::errc{} && stopped == entry.data() + colon &&
                          index >= 1 && index < std::numeric_limits<std::int32_t>::max();
    if (!is_index) {
      bad = bad_entry("an entry is not INDEX:VALUE with an index from 1", entry);
      return LineStatus::kBad;
    }
    if (index <= before) {
      bad = bad_entry("the indices of a line are not in ascending order", entry);
      return LineStatus::kBad;
    }
    before = index;
    const auto value = parse_number(entry.substr(colon + 1));
    if (!value) {
      bad = bad_entry("an entry's value is not a number", entry);
      return LineStatus::kBad;
    }
    if (!take(index, *value)) { return LineStatus::kBad; }
  }
  return LineStatus::kRow;
}

}  // namespace

std::string libsvm_column_name(std::uint32_t position) {
  return position == 0 ? "label" : "f" + std::to_string(position);
}

bool find_largest_index(std::string_view line, std::uint32_t& largest, BadCell& bad) {
  double label = 0;
  largest = 0;
  const auto status = walk_line(line, label, bad, [&](std::uint32_t index, double) {
    largest = index;
    return true;
  });
  return status != LineStatus::kBad;
}

LineStatus LibsvmLines::parse(std::string_view line, bool& expects_header, bool wants_cells, TableRow& row,
                              BadCell& bad) const {
  expects_header = false;
  thread_local std::vector<double> all;
  all.assign(std::size_t{num_features} + 1, 0.0);
  const auto status = walk_line(line, all[0], bad, [&](std::uint32_t index, double value) {
    if (index > num_features) {
      bad = {ErrorCode::kMalformedInput,
             "the model was made for other features: it has fewer than this row",
             {{"column", std::to_string(index)}, {"features", std::to_string(num_features)}}};
      return false;
    }
    all[index] = value;
    return true;
  });
  if (status != LineStatus::kRow) { return status; }
  row.numbers.clear();
  for (const auto position : numbers.positions) { row.numbers.push_back(all[position]); }
  if (!check_numbers(numbers, row.numbers, libsvm_column_name, bad)) { return LineStatus::kBad; }
  row.cells.clear();
  if (wants_cells) {
    for (const double value : all) { append_text(row.cells.emplace_back(), value); }
  }
  return LineStatus::kRow;
}

}  // namespace hammerscale::mllib
