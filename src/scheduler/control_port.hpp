#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hammerscale/comm/communicator.hpp"
#include "scheduler/main_thread_queue.hpp"

namespace hammerscale::scheduler {

/// One rank's end of the control plane over a communicator: messages of any size to and from other ranks, in the order
/// sent. Any thread sends; the main thread polls.
class ControlPort {
 public:
  using Handler = std::function<void(Rank from, std::vector<std::byte> message)>;

  ControlPort(std::shared_ptr<comm::Communicator> communicator, MainThreadQueue& main_thread, Handler handler);
  ~ControlPort();
  ControlPort(const ControlPort&) = delete;
  ControlPort& operator=(const ControlPort&) = delete;

  void send(Rank to, std::vector<std::byte> message);
  /// Sends what is waiting and handles what has come. Main thread. @return whether there was anything.
  bool poll();
  /// Whether everything sent has left this rank.
  [[nodiscard]] bool drained();

 private:
  struct Outgoing {
    std::vector<std::byte> bytes;
    comm::Request request;
  };

  bool start_sends();
  bool finish_sends();
  bool receive();

  std::shared_ptr<comm::Communicator> communicator_;
  MainThreadQueue& main_thread_;
  Handler handler_;
  std::mutex mutex_;
  std::vector<std::pair<Rank, std::vector<std::byte>>> outbox_;
  std::deque<std::unique_ptr<Outgoing>> sending_;
  std::unordered_map<std::int32_t, std::vector<std::byte>> partial_;  // By sender.
};

}  // namespace hammerscale::scheduler
