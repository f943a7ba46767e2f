#include "hammerscale/graph/edge_list.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "edge_file.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::graph {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

/// Distinct names, numbered in the order of their first coming.
class NameTable {
 public:
  std::int64_t number(std::string_view name) {
    const auto found = numbers_.find(name);
    if (found != numbers_.end()) { return found->second; }
    const auto number = static_cast<std::int64_t>(names_.size());
    names_.emplace_back(name);
    numbers_.emplace(names_.back(), number);
    return number;
  }
  [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }
  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::unordered_map<std::string, std::int64_t, TextHash, std::equal_to<>> numbers_;
  std::vector<std::string> names_;
};

/// What one piece of input holds.
struct Piece {
  std::vector<std::int64_t> sources;
  std::vector<std::int64_t> targets;
  std::vector<std::int64_t> vertices;
  NameTable names;
  std::uint64_t num_entries = 0;           // lines of a Matrix Market file
  std::uint64_t num_expected_entries = 0;  // what its head says
};

enum class IdKind : std::uint8_t { kInteger, kText };

/// Thrown and caught in this file only: the input has an id that is no integer, so all is read again as text.
struct FoundTextId {};

std::int64_t to_id(std::string_view text, IdKind kind, NameTable& names) {
  if (kind == IdKind::kText) { return names.number(text); }
  if (const auto number = parse_integer(text)) { return *number; }
  throw FoundTextId{};
}

void read_edge_piece(const TextSplit& split, IdKind kind, Piece& piece) {
  EdgeFileText text;
  read_edge_file(split, {"src", "dst"}, text);
  EdgeLines lines(text, 2);
  while (lines.next()) {
    const auto source = to_id(lines.source(), kind, piece.names);
    const auto target = to_id(lines.target(), kind, piece.names);
    piece.sources.push_back(source);
    piece.targets.push_back(target);
    ++piece.num_entries;
    if (text.head.symmetric && source != target) {
      piece.sources.push_back(target);
      piece.targets.push_back(source);
    }
  }
  if (text.head.format != EdgeFileFormat::kMatrixMarket) { return; }
  piece.num_expected_entries = text.head.num_entries;
  // Vertices without entries count too; each piece names its share of them.
  const auto num_vertices = static_cast<double>(text.head.num_vertices);
  const auto first = static_cast<std::int64_t>(text.share_begin * num_vertices);
  const auto last = text.share_end == 1.0 ? static_cast<std::int64_t>(text.head.num_vertices)
                                          : static_cast<std::int64_t>(text.share_end * num_vertices);
  for (auto id = first + 1; id <= last; ++id) {
    piece.vertices.push_back(kind == IdKind::kInteger ? id : piece.names.number(std::to_string(id)));
  }
}

void read_vertex_piece(const TextSplit& split, IdKind kind, Piece& piece) {
  EdgeFileText text;
  read_edge_file(split, {"id"}, text);
  EdgeLines lines(text, 1);
  while (lines.next()) { piece.vertices.push_back(to_id(lines.source(), kind, piece.names)); }
}

/// The pieces of `splits` that are this executor's: a contiguous run.
std::pair<std::size_t, std::size_t> share(std::size_t num_splits, const comm::Communicator& comm) {
  const auto rank = static_cast<std::size_t>(comm.rank().value);
  const auto size = static_cast<std::size_t>(comm.size());
  return {num_splits * rank / size, num_splits * (rank + 1) / size};
}

/// All pieces of this executor; nothing when an id is found that is no integer though integers were asked for.
std::optional<std::vector<Piece>> read_pieces(GangContext& gang, const EdgeInputPlan& plan, IdKind kind) {
  const auto [first_edge, last_edge] = share(plan.edge_splits.size(), gang.comm());
  const auto [first_vertex, last_vertex] = share(plan.vertex_splits.size(), gang.comm());
  const auto num_edge_pieces = last_edge - first_edge;
  std::vector<Piece> pieces(num_edge_pieces + last_vertex - first_vertex);
  std::atomic<bool> found_text = false;
  const auto edge_begin = first_edge;
  const auto vertex_begin = first_vertex;
  gang.parallel_for(pieces.size(), [&](std::size_t i) {
    if (found_text) { return; }
    try {
      if (i < num_edge_pieces) {
        read_edge_piece(plan.edge_splits[edge_begin + i], kind, pieces[i]);
      } else {
        read_vertex_piece(plan.vertex_splits[vertex_begin + i - num_edge_pieces], kind, pieces[i]);
      }
    } catch (const FoundTextId&) { found_text = true; }
  });
  if (found_text) { return std::nullopt; }
  return pieces;
}

/// Moves the pieces into one list. Positions in the names of a piece become positions in all names.
EdgeList join(GangContext& gang, std::vector<Piece> pieces, IdKind kind) {
  EdgeList list;
  list.text_ids = kind == IdKind::kText;
  NameTable names;
  std::vector<std::vector<std::int64_t>> position_of(pieces.size());
  std::vector<std::size_t> edge_begin(pieces.size() + 1);
  std::vector<std::size_t> vertex_begin(pieces.size() + 1);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    edge_begin[i + 1] = edge_begin[i] + pieces[i].sources.size();
    vertex_begin[i + 1] = vertex_begin[i] + pieces[i].vertices.size();
    for (const auto& name : pieces[i].names.names()) { position_of[i].push_back(names.number(name)); }
  }
  list.sources.resize(edge_begin.back());
  list.targets.resize(edge_begin.back());
  list.vertices.resize(vertex_begin.back());
  gang.parallel_for(pieces.size(), [&](std::size_t i) {
    auto piece = std::move(pieces[i]);
    const auto copy = [&](const std::vector<std::int64_t>& ids, std::int64_t* out) {
      for (const auto id : ids) { *out++ = kind == IdKind::kText ? position_of[i][static_cast<std::size_t>(id)] : id; }
    };
    copy(piece.sources, list.sources.data() + edge_begin[i]);
    copy(piece.targets, list.targets.data() + edge_begin[i]);
    copy(piece.vertices, list.vertices.data() + vertex_begin[i]);
  });
  list.names = names.take();
  return list;
}

/// A Matrix Market file with fewer or more lines than its head says was cut off, or is something else. Collective.
void require_all_entries(GangContext& gang, const EdgeInputPlan& plan, const std::vector<Piece>& pieces) {
  std::map<std::string_view, std::size_t> number_of;
  for (std::size_t i = 0; i < plan.edge_files.size(); ++i) { number_of.emplace(plan.edge_files[i], i); }
  std::vector<std::uint64_t> found(plan.edge_files.size());
  std::vector<std::uint64_t> expected(plan.edge_files.size());
  const auto [first, last] = share(plan.edge_splits.size(), gang.comm());
  for (auto i = first; i < last; ++i) {
    const auto& split = plan.edge_splits[i];
    const auto file = number_of.at(split.path);
    found[file] += pieces[i - first].num_entries;
    // Only the first piece of a file speaks for it, so that a file named twice is expected twice.
    if (split.offset == 0) { expected[file] += pieces[i - first].num_expected_entries; }
  }
  gang.comm().all_reduce(found, comm::Sum{});
  gang.comm().all_reduce(expected, comm::Sum{});
  for (std::size_t i = 0; i < plan.edge_files.size(); ++i) {
    if (edge_file_format(plan.edge_files[i]) != EdgeFileFormat::kMatrixMarket || found[i] == expected[i]) { continue; }
    throw UserError(ErrorCode::kMalformedInput, "a Matrix Market file has not as many entries as its head says",
                    {{"path", plan.edge_files[i]},
                     {"expected", std::to_string(expected[i])},
                     {"found", std::to_string(found[i])}});
  }
}

}  // namespace

EdgeList read_edges(GangContext& gang, const EdgeInputPlan& plan) {
  for (const auto kind : {IdKind::kInteger, IdKind::kText}) {
    std::optional<std::vector<Piece>> pieces;
    std::optional<ErrorInfo> error;
    try {
      pieces = read_pieces(gang, plan, kind);
    } catch (const Error& caught) {
      error = caught.info();
    }
    gang.comm().require_all_ok(error, "read edges");
    if (gang.comm().all_reduce_max(static_cast<std::int32_t>(pieces ? 0 : 1)) != 0) { continue; }
    require_all_entries(gang, plan, *pieces);
    return join(gang, std::move(*pieces), kind);
  }
  throw InternalError("text ids were refused as text");
}

}  // namespace hammerscale::graph
