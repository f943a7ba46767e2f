#include "hammerscale/mllib/delimited_lines.hpp"

#include <algorithm>

#include "hammerscale/base/text_scan.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) { return std::all_of(line.begin(), line.end(), is_ascii_space); }

/// Reads a cell in quotes that begins at `position`, which moves behind its closing quote.
bool take_quoted(std::string_view line, const DelimitedOptions& options, std::size_t& position, std::string& scratch,
                 std::string_view& cell) {
  const std::size_t begin = ++position;
  const std::size_t scratch_begin = scratch.size();
  bool escaped = false;
  for (; position < line.size(); ++position) {
    const char c = line[position];
    const bool next_is_quote = position + 1 < line.size() && line[position + 1] == options.quote;
    const bool is_escape = (c == options.quote || c == options.escape) && next_is_quote;
    if (is_escape) {
      if (!escaped) { scratch.append(line, begin, position - begin); }
      escaped = true;
      scratch += options.quote;
      ++position;
    } else if (c == options.quote) {
      cell = escaped ? std::string_view(scratch).substr(scratch_begin) : line.substr(begin, position - begin);
      ++position;
      return true;
    } else if (escaped) {
      scratch += c;
    }
  }
  return false;
}

}  // namespace

bool split_delimited_line(std::string_view line, const DelimitedOptions& options, std::vector<std::string_view>& cells,
                          std::string& scratch) {
  if (line.ends_with('\r')) { line.remove_suffix(1); }
  cells.clear();
  scratch.clear();
  scratch.reserve(line.size());  // So that views of it stay valid.
  std::size_t position = 0;
  while (true) {
    std::string_view cell;
    if (position < line.size() && line[position] == options.quote) {
      if (!take_quoted(line, options, position, scratch, cell)) { return false; }
    } else {
      const auto end = std::min(line.find(options.separator, position), line.size());
      cell = line.substr(position, end - position);
      position = end;
    }
    cells.push_back(cell);
    if (position == line.size()) { return true; }
    if (line[position] != options.separator) { return false; }
    ++position;
  }
}

std::vector<std::string> name_columns(const std::vector<std::string_view>& header) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto name = header[i];
    const bool repeated = std::count_if(header.begin(), header.end(),
                                        [&](std::string_view other) { return equal_ignoring_case(name, other); }) > 1;
    auto& made = names.emplace_back(name.empty() ? "_c" : name);
    if (name.empty() || repeated) { made += std::to_string(i); }
  }
  return names;
}

LineStatus DelimitedLines::parse(std::string_view line, bool& expects_header, bool wants_cells, TableRow& row,
                                 BadCell& bad) const {
  if (is_blank(line)) { return LineStatus::kNoRow; }
  if (line.starts_with(kByteOrderMark)) { line.remove_prefix(kByteOrderMark.size()); }
  thread_local std::vector<std::string_view> cells;
  thread_local std::string scratch;
  const bool whole = split_delimited_line(line, options, cells, scratch);
  if (expects_header && options.header) {
    expects_header = false;
    if (whole && name_columns(cells) == column_names) { return LineStatus::kNoRow; }
    bad = {
        ErrorCode::kMalformedInput, "the header differs from that of the first file", {{"header", std::string(line)}}};
    return LineStatus::kBad;
  }
  const auto fail = [&](ErrorCode code, const char* sentence, std::vector<ErrorField> fields) {
    if (options.drop_malformed) { return LineStatus::kNoRow; }
    bad = {code, sentence, std::move(fields)};
    return LineStatus::kBad;
  };
  if (!whole) { return fail(ErrorCode::kMalformedInput, "a quoted cell does not end where its column ends", {}); }
  if (cells.size() != column_names.size()) {
    return fail(ErrorCode::kMalformedInput, "the row has another number of columns",
                {{"columns", std::to_string(cells.size())}, {"wanted", std::to_string(column_names.size())}});
  }
  row.numbers.clear();
  for (const auto position : numbers.positions) {
    const auto cell = cells[position];
    if (cell.empty() || cell == options.null_value) {
      return fail(ErrorCode::kMalformedInput, "a cell is empty where a number is wanted",
                  {{"column", column_names[position]}});
    }
    const auto number = parse_number(cell);
    if (!number) {
      return fail(ErrorCode::kMalformedInput, "a cell is not a number; --features names the columns to use",
                  {{"column", column_names[position]}, {"value", std::string(cell)}});
    }
    row.numbers.push_back(*number);
  }
  if (!check_numbers(
          numbers, row.numbers, [&](std::uint32_t position) { return column_names[position]; }, bad)) {
    return LineStatus::kBad;
  }
  row.cells.clear();
  if (wants_cells) { row.cells.assign(cells.begin(), cells.end()); }
  return LineStatus::kRow;
}

}  // namespace hammerscale::mllib
