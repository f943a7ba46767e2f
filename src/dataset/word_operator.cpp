#include "hammerscale/dataset/word_operator.hpp"

#include <array>
#include <span>

#include "hammerscale/base/text_scan.hpp"

namespace hammerscale::operators {
namespace {

// Words that leave together: their views fill 16 KiB.
constexpr std::size_t kWordBatch = 1024;

/// Calls `bool(std::span<const std::string_view>)` for the words of all strings.
template <typename Function>
void for_each_batch(const Operator<std::string>& input, TaskContext& context, std::uint32_t partition,
                    Function&& function) {
  std::array<TextRange, kWordBatch> ranges;
  std::array<std::string_view, kWordBatch> words;
  const auto scan = [&](BlockSpan<char> text) {
    WordScanner scanner(std::string_view(text.data(), text.size()));
    for (auto n = scanner.next(ranges); n != 0; n = scanner.next(ranges)) {
      for (std::size_t i = 0; i < n; ++i) { words[i] = {text.data() + ranges[i].offset, ranges[i].length}; }
      if (!function(std::span(words.data(), n))) { return false; }
    }
    return true;
  };
  FunctionSink<char, decltype(scan)> sink(scan);
  input.run_joined(context, partition, sink);
}

}  // namespace

void Words::run(TaskContext& context, std::uint32_t partition, Sink<std::string>& out) const {
  OutputBlock<std::string> block(out);
  for_each_batch(input_, context, partition, [&](std::span<std::string_view> words) {
    for (const auto word : words) {
      if (!block.emplace(word)) { return false; }
    }
    return true;
  });
  block.flush();
}

void Words::run_views(TaskContext& context, std::uint32_t partition, Sink<std::string_view>& out) const {
  for_each_batch(input_, context, partition, [&](std::span<std::string_view> words) { return out.push(words); });
}

}  // namespace hammerscale::operators
