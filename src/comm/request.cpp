#include "hammerscale/comm/request.hpp"

#include "comm/request_state.hpp"

namespace hammerscale::comm {

Request::Request() = default;
Request::Request(std::unique_ptr<RequestState> state) : state_(std::move(state)) {}
Request::Request(Request&& other) noexcept = default;
Request& Request::operator=(Request&& other) noexcept = default;
// The state's pieces cancel what is not through when they are destroyed.
Request::~Request() = default;

bool Request::test() {
  if (state_ == nullptr) { return true; }
  state_->core().poison->check();
  if (!state_->progress()) { return false; }
  state_.reset();
  return true;
}

void Request::wait() {
  if (state_ == nullptr) { return; }
  try {
    state_->core().wait(
        state_->kind(), [this] { return state_->progress(); }, [this] { return state_->peer(); });
  } catch (...) {
    state_.reset();
    throw;
  }
  state_.reset();
}

void Request::cancel() noexcept { state_.reset(); }

}  // namespace hammerscale::comm
