#include "edge_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "hammerscale/base/error.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale::graph {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{1} << 16;
constexpr std::size_t kShownBytes = 120;
constexpr std::string_view kBanner = "%%MatrixMarket";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_separator(char c) { return is_blank(c) || c == ','; }

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') { c = static_cast<char>(c - 'A' + 'a'); }
  }
  return result;
}

std::string shown(std::string_view line) {
  return std::string(line.substr(0, kShownBytes)) + (line.size() > kShownBytes ? "..." : "");
}

/// The next field, or an empty view at the end; removes it from the line.
template <typename IsSeparator>
std::string_view take_field(std::string_view& line, IsSeparator is_apart) {
  const char* begin = line.data();
  const char* const end = line.data() + line.size();
  while (begin != end && is_apart(*begin)) { ++begin; }
  const char* field_end = begin;
  while (field_end != end && !is_apart(*field_end)) { ++field_end; }
  line = {field_end, static_cast<std::size_t>(end - field_end)};
  return {begin, static_cast<std::size_t>(field_end - begin)};
}

/// The line at position, without its end; moves position behind it.
std::string_view take_line(std::string_view text, std::size_t& position) {
  const auto* const end = static_cast<const char*>(std::memchr(text.data() + position, '\n', text.size() - position));
  const auto length = end == nullptr ? text.size() - position : static_cast<std::size_t>(end - text.data()) - position;
  auto line = text.substr(position, length);
  position += length + (end == nullptr ? 0 : 1);
  if (line.ends_with('\r')) { line.remove_suffix(1); }
  return line;
}

/// The fields of a csv line: quotes taken off, doubled ones halved. nullopt where a quote stays open.
std::optional<std::vector<std::string>> split_csv(std::string_view line, char separator) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quoted) {
      if (line[i] != '"') {
        fields.back() += line[i];
      } else if (i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[++i];
      } else {
        quoted = false;
      }
    } else if (line[i] == '"' && fields.back().empty()) {
      quoted = true;
    } else if (line[i] == separator) {
      fields.emplace_back();
    } else {
      fields.back() += line[i];
    }
  }
  if (quoted) { return std::nullopt; }
  return fields;
}

[[noreturn]] void fail_read(const std::string& path, int reason) {
  throw UserError(reason == ENOENT ? ErrorCode::kFileNotFound : ErrorCode::kInput, "cannot read an input",
                  {{"path", path}, {"reason", std::strerror(reason)}});
}

[[noreturn]] void fail_head(const std::string& path, const char* sentence, std::string_view line) {
  throw UserError(ErrorCode::kMalformedInput, sentence, {{"path", path}, {"text", shown(line)}});
}

void read_csv_head(const std::string& path, std::string_view text, char separator,
                   const std::vector<std::string>& columns, EdgeFileHead& head) {
  std::size_t position = 0;
  const auto line = take_line(text, position);
  const auto names = split_csv(line, separator);
  if (!names) { fail_head(path, "the header of a csv file has an open quote", line); }
  for (const auto& column : columns) {
    const auto found = std::find_if(names->begin(), names->end(),
                                    [&](const std::string& name) { return lower(name) == lower(column); });
    if (found == names->end()) {
      throw UserError(ErrorCode::kUnknownColumn, "column is not in the csv file",
                      {{"column", column}, {"path", path}, {"header", shown(line)}});
    }
    head.columns.push_back(static_cast<std::size_t>(found - names->begin()));
  }
  head.data_offset = position;
}

void read_matrix_head(const std::string& path, std::string_view text, EdgeFileHead& head) {
  std::size_t position = 0;
  auto line = take_line(text, position);
  auto rest = line;
  const auto banner = take_field(rest, is_blank);
  const auto object = lower(take_field(rest, is_blank));
  const auto layout = lower(take_field(rest, is_blank));
  const auto field = lower(take_field(rest, is_blank));
  const auto symmetry = lower(take_field(rest, is_blank));
  if (banner != kBanner || object != "matrix" || layout != "coordinate") {
    fail_head(path, "the file does not begin as a Matrix Market coordinate matrix", line);
  }
  if (field != "pattern" && field != "real" && field != "integer") {
    fail_head(path, "this field of Matrix Market is not a graph's; pattern, real and integer are", line);
  }
  if (symmetry != "general" && symmetry != "symmetric") {
    fail_head(path, "this symmetry of Matrix Market is not a graph's; general and symmetric are", line);
  }
  head.num_values = field == "pattern" ? 0 : 1;
  head.symmetric = symmetry == "symmetric";
  while (position < text.size()) {
    line = take_line(text, position);
    rest = line;
    const auto rows_text = take_field(rest, is_blank);
    if (rows_text.empty() || rows_text.starts_with('%')) { continue; }
    const auto rows = parse_integer(rows_text);
    const auto columns = parse_integer(take_field(rest, is_blank));
    const auto entries = parse_integer(take_field(rest, is_blank));
    if (!rows || !columns || !entries || *rows < 0 || *entries < 0 || !take_field(rest, is_blank).empty()) {
      fail_head(path, "the sizes of a Matrix Market file are malformed", line);
    }
    if (*rows != *columns) { fail_head(path, "a matrix that is not square is no graph", line); }
    head.num_vertices = static_cast<std::uint64_t>(*rows);
    head.num_entries = static_cast<std::uint64_t>(*entries);
    head.data_offset = position;
    return;
  }
  fail_head(path, "a Matrix Market file ends before its sizes", line);
}

EdgeFileHead read_head(const std::string& path, std::string_view text, const std::vector<std::string>& columns) {
  EdgeFileHead head;
  head.format = edge_file_format(path);
  switch (head.format) {
    case EdgeFileFormat::kText: break;
    case EdgeFileFormat::kCsv: read_csv_head(path, text, ',', columns, head); break;
    case EdgeFileFormat::kTsv: read_csv_head(path, text, '\t', columns, head); break;
    case EdgeFileFormat::kMatrixMarket: read_matrix_head(path, text, head); break;
  }
  return head;
}

/// Bytes [begin, end) of a file, or fewer at its end.
std::string read_range(int file, const std::string& path, std::uint64_t begin, std::uint64_t end) {
  std::string bytes(end - begin, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const auto n = ::pread(file, bytes.data() + filled, bytes.size() - filled, static_cast<off_t>(begin + filled));
    if (n < 0 && errno == EINTR) { continue; }
    if (n < 0) { fail_read(path, errno); }
    if (n == 0) { break; }
    filled += static_cast<std::size_t>(n);
  }
  bytes.resize(filled);
  return bytes;
}

}  // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) { return std::nullopt; }
  return value;
}

EdgeFileFormat edge_file_format(std::string_view path) {
  auto name = path;
  if (is_compressed_name(name)) { name = name.substr(0, name.rfind('.')); }
  const auto lowered = lower(name);
  if (lowered.ends_with(".csv")) { return EdgeFileFormat::kCsv; }
  if (lowered.ends_with(".tsv")) { return EdgeFileFormat::kTsv; }
  if (lowered.ends_with(".mtx")) { return EdgeFileFormat::kMatrixMarket; }
  for (const auto* const unread : {".parquet", ".orc", ".json", ".h5", ".hdf5"}) {
    if (lowered.ends_with(unread)) {
      throw UserError(ErrorCode::kInvalidArgument, "graphs are read from text, csv, tsv and Matrix Market files only",
                      {{"path", std::string(path)}});
    }
  }
  return EdgeFileFormat::kText;
}

void read_edge_file(const TextSplit& split, const std::vector<std::string>& columns, EdgeFileText& text) {
  text.path = split.path;
  if (split.whole_file) {
    text.bytes = read_whole_file(split.path);
    text.head = read_head(split.path, text.bytes, columns);
    text.offset = text.head.data_offset;
    text.lines = std::string_view(text.bytes).substr(text.offset);
    return;
  }
  const storage::FileDescriptor file(::open(split.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) { fail_read(split.path, errno); }
  const auto size_status = ::lseek(file.get(), 0, SEEK_END);
  if (size_status < 0) { fail_read(split.path, errno); }
  const auto file_bytes = std::max<std::uint64_t>(static_cast<std::uint64_t>(size_status), 1);
  if (edge_file_format(split.path) != EdgeFileFormat::kText) {
    // A long comment may push the sizes of a matrix out of the first bytes; then more are read.
    for (auto head_bytes = kHeadBytes;; head_bytes *= 16) {
      const auto head = read_range(file.get(), split.path, 0, std::min<std::uint64_t>(head_bytes, file_bytes));
      try {
        text.head = read_head(split.path, head, columns);
      } catch (const UserError&) {
        if (head_bytes >= file_bytes) { throw; }
        continue;
      }
      if (text.head.data_offset < head.size() || head_bytes >= file_bytes) { break; }
      text.head = {};
    }
  }
  text.share_begin = static_cast<double>(split.offset) / static_cast<double>(file_bytes);
  text.share_end = static_cast<double>(split.offset + split.num_bytes) / static_cast<double>(file_bytes);
  if (split.offset + split.num_bytes >= file_bytes) { text.share_end = 1.0; }

  // The piece's lines are those that begin in it: from behind the first line end at or after its byte before, to behind
  // the first line end at or after its last byte.
  const auto first = std::max(split.offset, text.head.data_offset);
  const auto end = split.offset + split.num_bytes;
  if (first >= end) { return; }
  const bool at_line = first == text.head.data_offset;
  const auto begin = at_line ? first : first - 1;
  text.bytes = read_range(file.get(), split.path, begin, end);
  constexpr std::uint64_t kMoreBytes = 4096;
  for (auto position = end; position < file_bytes && !text.bytes.ends_with('\n'); position += kMoreBytes) {
    const auto more = read_range(file.get(), split.path, position, position + kMoreBytes);
    text.bytes += more.substr(0, std::min(more.find('\n'), more.size() - 1) + 1);
  }
  const auto skipped = at_line ? 0 : std::min(text.bytes.find('\n'), text.bytes.size() - 1) + 1;
  if (begin + skipped >= end) { return; }
  text.offset = begin + skipped;
  text.lines = std::string_view(text.bytes).substr(skipped);
}

void EdgeLines::fail(const char* sentence, std::string_view line) const {
  throw UserError(
      ErrorCode::kMalformedInput, sentence,
      {{"path", text_.path},
       {"byte", std::to_string(text_.offset + static_cast<std::uint64_t>(line.data() - text_.lines.data()))},
       {"text", shown(line)}});
}

bool EdgeLines::next() {
  while (position_ < text_.lines.size()) {
    const auto line = take_line(text_.lines, position_);
    auto rest = line;
    const auto first = take_field(rest, is_blank);
    if (first.empty()) { continue; }
    switch (text_.head.format) {
      case EdgeFileFormat::kText:
        if (first[0] == '#' || first[0] == '%') { continue; }
        take_text(line);
        break;
      case EdgeFileFormat::kCsv: take_csv(line, ','); break;
      case EdgeFileFormat::kTsv: take_csv(line, '\t'); break;
      case EdgeFileFormat::kMatrixMarket:
        if (first[0] == '%') { continue; }
        take_matrix_entry(line);
        break;
    }
    return true;
  }
  return false;
}

void EdgeLines::take_text(std::string_view line) {
  auto rest = line;
  for (std::size_t i = 0; i < num_ids_; ++i) {
    ids_[i] = take_field(rest, is_separator);
    if (ids_[i].empty()) { fail("a line of edges has no target", line); }
  }
  if (num_ids_ == 2) {
    const auto weight = take_field(rest, is_separator);
    if (!weight.empty()) {
      double value = 0.0;
      const auto [end, error] = std::from_chars(weight.data(), weight.data() + weight.size(), value);
      if (error != std::errc() || end != weight.data() + weight.size()) {
        fail("the third field of a line of edges is no weight", line);
      }
    }
  }
  if (!take_field(rest, is_separator).empty()) {
    fail(num_ids_ == 2 ? "a line of edges has more than three fields" : "a line of vertices has more than one field",
         line);
  }
}

void EdgeLines::take_csv(std::string_view line, char separator) {
  if (line.find('"') == std::string_view::npos) {
    std::size_t found = 0;
    std::size_t begin = 0;
    for (std::size_t column = 0; found < num_ids_; ++column) {
      const auto end = std::min(line.find(separator, begin), line.size());
      for (std::size_t i = 0; i < num_ids_; ++i) {
        if (text_.head.columns[i] == column) {
          ids_[i] = line.substr(begin, end - begin);
          ++found;
        }
      }
      if (end == line.size()) { break; }
      begin = end + 1;
    }
    if (found < num_ids_) { fail("a line of a csv file has too few fields", line); }
  } else {
    auto fields = split_csv(line, separator);
    if (!fields) { fail("a line of a csv file has an open quote", line); }
    for (std::size_t i = 0; i < num_ids_; ++i) {
      if (text_.head.columns[i] >= fields->size()) { fail("a line of a csv file has too few fields", line); }
      unquoted_[i] = std::move((*fields)[text_.head.columns[i]]);
      ids_[i] = unquoted_[i];
    }
  }
  for (std::size_t i = 0; i < num_ids_; ++i) {
    if (ids_[i].empty()) { fail("an id in a csv file is empty", line); }
  }
}

void EdgeLines::take_matrix_entry(std::string_view line) {
  auto rest = line;
  for (auto& id : ids_) {
    id = take_field(rest, is_blank);
    const auto number = parse_integer(id);
    if (!number || *number < 1 || static_cast<std::uint64_t>(*number) > text_.head.num_vertices) {
      fail("an entry of a Matrix Market file is outside its matrix", line);
    }
  }
  for (std::size_t i = 0; i < text_.head.num_values; ++i) {
    if (take_field(rest, is_blank).empty()) { fail("an entry of a Matrix Market file has no value", line); }
  }
  if (!take_field(rest, is_blank).empty()) { fail("an entry of a Matrix Market file has too many fields", line); }
}

}  // namespace hammerscale::graph
