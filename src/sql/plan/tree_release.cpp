#include "sql/plan/tree_release.hpp"

namespace hammerscale::sql::plan_detail {

void TreeRelease::State::put_aside(std::shared_ptr<const void> tree) {
  if (pending == nullptr) { pending = new std::vector<std::shared_ptr<const void>>(); }
  pending->push_back(std::move(tree));
}

void TreeRelease::State::drain() {
  if (pending == nullptr || is_draining) { return; }
  is_draining = true;
  while (!pending->empty()) {
    const auto tree = std::move(pending->back());
    pending->pop_back();
  }
  delete pending;
  pending = nullptr;
  is_draining = false;
}

TreeRelease::State& TreeRelease::thread_state() noexcept {
  static thread_local State state;
  return state;
}

}  // namespace hammerscale::sql::plan_detail
