#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <boost/mpi/communicator.hpp>
#include <mpi.h>

#include "comm/backend.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

/// Throws ResourceError kCommunication with MPI's own words unless code is MPI_SUCCESS.
void check_mpi(int code, const char* call);

/// Ranks as MPI processes. Two MPI communicators, so that a probe by the user never sees a collective's message.
/// Only the thread that made the first one may call any method.
class MpiBackend : public Backend {
 public:
  /// Both communicators must have the same ranks in the same order.
  MpiBackend(boost::mpi::communicator user, boost::mpi::communicator collective);

  void start_send(PieceRequest& request, Channel channel, std::int32_t to, std::int32_t tag,
                  std::span<const std::byte> bytes) override;
  void start_receive(PieceRequest& request, Channel channel, std::int32_t from, std::int32_t tag,
                     std::span<std::byte> buffer) override;
  bool test(PieceRequest& request) override;
  void cancel(PieceRequest& request) noexcept override;
  std::optional<ProbedMessage> try_probe(Channel channel, std::optional<std::int32_t> from,
                                         std::optional<std::int32_t> tag) override;
  void start_receive_probed(PieceRequest& request, ProbedMessage& message, std::span<std::byte> buffer) override;
  std::shared_ptr<Backend> make_group(std::span<const std::int32_t> members, std::int32_t my_index, std::int32_t color,
                                      std::uint64_t sequence) override;
  [[nodiscard]] bool shares_address_space() const noexcept override { return false; }

  /// For libraries that speak MPI themselves.
  [[nodiscard]] MPI_Comm native() const { return user_; }

 private:
  [[nodiscard]] MPI_Comm native(Channel channel) const { return channel == Channel::kUser ? user_ : collective_; }

  boost::mpi::communicator user_keeper_;
  boost::mpi::communicator collective_keeper_;
  MPI_Comm user_;
  MPI_Comm collective_;
};

/// Collective over `parent`: a communicator on duplicates of it, topology found out.
std::shared_ptr<Communicator> make_mpi_communicator(MPI_Comm parent, std::uint64_t piece_bytes);

}  // namespace hammerscale::comm
