#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hammerscale/dataset/narrow_operators.hpp"

namespace hammerscale::operators {

/// The words of strings: flat_map(split_words). Reads the strings joined, so that one scan covers thousands of lines.
class Words final : public Operator<std::string> {
 public:
  using Element = std::string;
  explicit Words(const OperatorInit& init) : input_(input_of<std::string>(init)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<std::string>& out) const override;
  void run_views(TaskContext& context, std::uint32_t partition, Sink<std::string_view>& out) const override;

 private:
  const Operator<std::string>& input_;
};

}  // namespace hammerscale::operators
