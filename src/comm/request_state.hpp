#pragma once

#include <memory>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"

namespace hammerscale::comm {

/// The work behind a Request. Keeps the core alive.
class RequestState {
 public:
  RequestState(std::shared_ptr<CommunicatorCore> core, OperationKind kind) : core_(std::move(core)), kind_(kind) {}
  virtual ~RequestState() = default;
  RequestState(const RequestState&) = delete;
  RequestState& operator=(const RequestState&) = delete;

  /// True once done. Does not wait.
  virtual bool progress() = 0;
  /// Whom it is waiting for; -1 for several or none.
  [[nodiscard]] virtual std::int32_t peer() const = 0;

  [[nodiscard]] CommunicatorCore& core() const noexcept { return *core_; }
  [[nodiscard]] OperationKind kind() const noexcept { return kind_; }

 private:
  std::shared_ptr<CommunicatorCore> core_;
  OperationKind kind_;
};

/// One send or receive.
class TransferState : public RequestState {
 public:
  TransferState(std::shared_ptr<CommunicatorCore> core, OperationKind kind)
      : RequestState(std::move(core), kind), pieces_(this->core()) {}

  bool progress() override { return pieces_.test(); }
  [[nodiscard]] std::int32_t peer() const override { return pieces_.peer(); }
  PieceSet& pieces() noexcept { return pieces_; }

 private:
  PieceSet pieces_;
};

}  // namespace hammerscale::comm
