#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/dataset/text_files.hpp"

namespace hammerscale::graph {

enum class EdgeFileFormat : std::uint8_t { kText, kCsv, kTsv, kMatrixMarket };

/// By the name's extension, below that of a compression.
/// @throws UserError kInvalidArgument  a format that is known not to be one of these.
EdgeFileFormat edge_file_format(std::string_view path);

/// What the head of a file says about its lines.
struct EdgeFileHead {
  EdgeFileFormat format = EdgeFileFormat::kText;
  std::uint64_t data_offset = 0;  ///< First byte behind the head.
  std::vector<std::size_t> columns;  ///< csv: positions of source and target, or of the id of a vertex file.
  bool symmetric = false;            ///< Matrix Market.
  std::size_t num_values = 0;        ///< Matrix Market: fields behind row and column, 0 or 1.
  std::uint64_t num_vertices = 0;    ///< Matrix Market: rows.
  std::uint64_t num_entries = 0;     ///< Matrix Market: lines that follow.
};

/// One piece of a file in memory: whole lines.
struct EdgeFileText {
  std::string path;
  EdgeFileHead head;
  std::string bytes;
  std::string_view lines;       ///< Part of bytes: the lines of this piece, without the head.
  std::uint64_t offset = 0;     ///< Of lines, in the file.
  double share_begin = 0.0;     ///< Where the piece lies in its file, as fractions; over all pieces they tile 0..1.
  double share_end = 1.0;

  EdgeFileText() = default;
  EdgeFileText(const EdgeFileText&) = delete;  // lines points into bytes
  EdgeFileText& operator=(const EdgeFileText&) = delete;
};

/// Reads a piece, and the head of its file.
/// @param columns       names of the csv columns to find.
/// @throws UserError kInput, kFileNotFound, kMalformedInput, kUnknownColumn  naming the path.
void read_edge_file(const TextSplit& split, const std::vector<std::string>& columns, EdgeFileText& text);

/// Takes the lines of a piece apart, one after another.
class EdgeLines {
 public:
  /// @param num_ids  2 for edges, 1 for vertices.
  EdgeLines(const EdgeFileText& text, std::size_t num_ids) : text_(text), num_ids_(num_ids) {}

  /// The ids of the next line that holds any; valid until the next call. @return false at the end.
  /// @throws UserError kMalformedInput
  bool next();
  [[nodiscard]] std::string_view source() const noexcept { return ids_[0]; }
  [[nodiscard]] std::string_view target() const noexcept { return ids_[1]; }

 private:
  void take_text(std::string_view line);
  void take_csv(std::string_view line, char separator);
  void take_matrix_entry(std::string_view line);
  [[noreturn]] void fail(const char* sentence, std::string_view line) const;

  const EdgeFileText& text_;
  std::size_t num_ids_;
  std::size_t position_ = 0;
  std::string_view ids_[2];
  std::string unquoted_[2];
};

/// The number that a text is, in full; nothing for other text and for what 64 bits do not hold.
std::optional<std::int64_t> parse_integer(std::string_view text);

}  // namespace hammerscale::graph
