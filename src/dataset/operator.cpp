#include "hammerscale/dataset/operator.hpp"

#include <vector>

namespace hammerscale {
namespace {

// Long enough that setting up a scan costs nothing, short enough that the text stays in the L2 cache.
constexpr std::size_t kJoinedBytes = std::size_t{1} << 17;

}  // namespace

void Operator<std::string>::run_views(TaskContext& context, std::uint32_t partition,
                                      Sink<std::string_view>& out) const {
  std::vector<std::string_view> views;
  for_each_block(*this, context, partition, [&](BlockSpan<std::string> strings) {
    views.assign(strings.begin(), strings.end());
    return out.push(views);
  });
}

void Operator<std::string>::run_joined(TaskContext& context, std::uint32_t partition, Sink<char>& out) const {
  std::string text;
  bool open = true;
  for_each_block(*this, context, partition, [&](BlockSpan<std::string> strings) {
    for (const auto& string : strings) {
      text.append(string).push_back('\n');
      if (text.size() < kJoinedBytes) { continue; }
      open = out.push(text);
      text.clear();
      if (!open) { return false; }
    }
    return true;
  });
  if (open && !text.empty()) { out.push(text); }
}

}  // namespace hammerscale
