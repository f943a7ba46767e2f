#pragma once

#include <memory>

namespace hammerscale::comm {

class RequestState;

/// One operation under way. Move-only; lives on the thread that drives its communicator.
///
/// The buffers given to the operation must stay alive and, for receives, untouched until the request is done or
/// cancelled. Destroying an unfinished request cancels it.
class Request {
 public:
  /// A request that is done.
  Request();
  explicit Request(std::unique_ptr<RequestState> state);
  Request(Request&& other) noexcept;
  Request& operator=(Request&& other) noexcept;
  ~Request();

  /// Makes progress; true once the operation is done. Does not wait.
  /// @throws the poison of the communicator; ResourceError kCommunication when the transfer failed or had another size.
  bool test();

  /// Waits by the ladder until done.
  /// @throws as test(), and ResourceError kTimeout after the communicator's timeout. The request is then cancelled.
  void wait();

  /// Gives up. Afterwards a receive writes no more into its buffer (one that was matched already is finished first).
  /// A send that its receiver has not taken may still be read by it, as MPI cannot take a message back.
  void cancel() noexcept;

  /// Whether the operation is done or cancelled. Makes no progress.
  [[nodiscard]] bool is_done() const noexcept { return state_ == nullptr; }

 private:
  std::unique_ptr<RequestState> state_;
};

}  // namespace hammerscale::comm
