#pragma once

#include <memory>
#include <vector>

#include "sql/plan/fields.hpp"

namespace hammerscale::sql::plan_detail {

/// Takes trees apart in bounded stack space: below kMaxDepth nested destructors, children are put aside and released by
/// the outermost one.
class TreeRelease {
 public:
  /// Destroys what node holds.
  template <typename Node>
  static void release(Node& node) {
    State& state = thread_state();
    ++state.depth;
    if (state.depth > kMaxDepth) {
      auto put_aside = [&state](auto& leaf) {
        using Leaf = std::remove_cvref_t<decltype(leaf)>;
        if constexpr (std::is_same_v<Leaf, ExpressionPtr> || std::is_same_v<Leaf, PlanPtr>) {
          if (leaf != nullptr) { state.put_aside(std::move(leaf)); }
        }
      };
      visit_leaves(node, put_aside);
    }
    node = Node{};
    --state.depth;
    if (state.depth == 0) { state.drain(); }
  }

 private:
  static constexpr int kMaxDepth = 200;

  struct State {
    int depth = 0;
    bool is_draining = false;
    // On the heap and freed after use, because static trees may be destroyed after this thread's objects are.
    std::vector<std::shared_ptr<const void>>* pending = nullptr;

    void put_aside(std::shared_ptr<const void> tree);
    void drain();
  };

  static State& thread_state() noexcept;
};

}  // namespace hammerscale::sql::plan_detail
