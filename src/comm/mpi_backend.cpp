#include "comm/mpi_backend.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "comm/communicator_core.hpp"
#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::comm {
namespace {

// Requests and messages are pointers in Open MPI and integers in MPICH; either fits.
static_assert(sizeof(MPI_Request) <= sizeof(std::uintptr_t) && sizeof(MPI_Message) <= sizeof(std::uintptr_t));

template <typename Handle>
std::uintptr_t to_native(Handle handle) {
  std::uintptr_t native = 0;
  std::memcpy(&native, &handle, sizeof(handle));
  return native;
}

template <typename Handle>
Handle from_native(std::uintptr_t native) {
  Handle handle;
  std::memcpy(&handle, &native, sizeof(handle));
  return handle;
}

// The thread that owns MPI: the one that made the first communicator.
bool is_owner_thread() {
  static const std::thread::id owner = std::this_thread::get_id();
  return std::this_thread::get_id() == owner;
}

// How long a cancelled send is given to finish. A receiver that has begun to read a piece of 64 MiB needs about 15 ms;
// one that never matches it will not touch the bytes.
constexpr auto kCancelledSendGrace = std::chrono::milliseconds(50);

boost::mpi::communicator adopt(MPI_Comm communicator) {
  check_mpi(MPI_Comm_set_errhandler(communicator, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
  return {communicator, boost::mpi::comm_take_ownership};
}

boost::mpi::communicator duplicate(MPI_Comm communicator) {
  MPI_Comm copy = MPI_COMM_NULL;
  check_mpi(MPI_Comm_dup(communicator, &copy), "MPI_Comm_dup");
  return adopt(copy);
}

// A number per rank, equal for ranks that can share memory: the lowest rank of each node.
std::vector<std::int32_t> find_node_ids(MPI_Comm communicator, int rank, int size) {
  MPI_Comm node = MPI_COMM_NULL;
  check_mpi(MPI_Comm_split_type(communicator, MPI_COMM_TYPE_SHARED, rank, MPI_INFO_NULL, &node), "MPI_Comm_split_type");
  int lowest = rank;
  check_mpi(MPI_Bcast(&lowest, 1, MPI_INT, 0, node), "MPI_Bcast");
  check_mpi(MPI_Comm_free(&node), "MPI_Comm_free");
  std::vector<std::int32_t> ids(static_cast<std::size_t>(size));
  check_mpi(MPI_Allgather(&lowest, 1, MPI_INT32_T, ids.data(), 1, MPI_INT32_T, communicator), "MPI_Allgather");
  return ids;
}

}  // namespace

void check_mpi(int code, const char* call) {
  if (code == MPI_SUCCESS) [[likely]] { return; }
  char text[MPI_MAX_ERROR_STRING] = {};
  int length = 0;
  MPI_Error_string(code, text, &length);
  throw ResourceError(ErrorCode::kCommunication, "MPI reported an error",
                      {{"call", call}, {"mpi_error", std::string(text, static_cast<std::size_t>(length))}});
}

MpiBackend::MpiBackend(boost::mpi::communicator user, boost::mpi::communicator collective)
    : user_keeper_(std::move(user)),
      collective_keeper_(std::move(collective)),
      user_(user_keeper_),
      collective_(collective_keeper_) {
  HS_CHECK(is_owner_thread());
}

void MpiBackend::start_send(PieceRequest& request, Channel channel, std::int32_t to, std::int32_t tag,
                            std::span<const std::byte> bytes) {
  HS_ASSERT(is_owner_thread());
  MPI_Request native_request = MPI_REQUEST_NULL;
  check_mpi(
      MPI_Isend(bytes.data(), static_cast<int>(bytes.size()), MPI_BYTE, to, tag, native(channel), &native_request),
      "MPI_Isend");
  request = {.native = to_native(native_request), .num_bytes = bytes.size(), .peer = to, .is_send = true};
}

void MpiBackend::start_receive(PieceRequest& request, Channel channel, std::int32_t from, std::int32_t tag,
                               std::span<std::byte> buffer) {
  HS_ASSERT(is_owner_thread());
  MPI_Request native_request = MPI_REQUEST_NULL;
  check_mpi(
      MPI_Irecv(buffer.data(), static_cast<int>(buffer.size()), MPI_BYTE, from, tag, native(channel), &native_request),
      "MPI_Irecv");
  request = {.native = to_native(native_request), .num_bytes = buffer.size(), .peer = from, .is_send = false};
}

bool MpiBackend::test(PieceRequest& request) {
  HS_ASSERT(is_owner_thread());
  if (request.native == 0) { return true; }
  auto native_request = from_native<MPI_Request>(request.native);
  int done = 0;
  MPI_Status status;
  const int code = MPI_Test(&native_request, &done, &status);
  if (code != MPI_SUCCESS) [[unlikely]] {
    request.native = 0;
    check_mpi(code, "MPI_Test");
  }
  if (done == 0) { return false; }
  request.native = 0;
  if (!request.is_send) {
    int num_bytes = 0;
    MPI_Get_count(&status, MPI_BYTE, &num_bytes);
    if (static_cast<std::uint64_t>(num_bytes) != request.num_bytes) [[unlikely]] {
      throw ResourceError(ErrorCode::kCommunication, "a message has another size than its receiver expects",
                          {{"from", std::to_string(request.peer)},
                           {"expected_bytes", std::to_string(request.num_bytes)},
                           {"arrived_bytes", std::to_string(num_bytes)}});
    }
  }
  return true;
}

void MpiBackend::cancel(PieceRequest& request) noexcept {
  if (request.native == 0) { return; }
  auto native_request = from_native<MPI_Request>(std::exchange(request.native, 0));
  if (!request.is_send) {
    // A receive that is matched already cannot be cancelled; the wait then finishes it.
    MPI_Cancel(&native_request);
    MPI_Wait(&native_request, MPI_STATUS_IGNORE);
    return;
  }
  const auto deadline = std::chrono::steady_clock::now() + kCancelledSendGrace;
  int done = 0;
  while (MPI_Test(&native_request, &done, MPI_STATUS_IGNORE) == MPI_SUCCESS && done == 0) {
    if (std::chrono::steady_clock::now() > deadline) {
      MPI_Request_free(&native_request);
      return;
    }
    std::this_thread::yield();
  }
}

std::optional<ProbedMessage> MpiBackend::try_probe(Channel channel, std::optional<std::int32_t> from,
                                                   std::optional<std::int32_t> tag) {
  HS_ASSERT(is_owner_thread());
  int found = 0;
  MPI_Message message = MPI_MESSAGE_NULL;
  MPI_Status status;
  check_mpi(MPI_Improbe(from.value_or(MPI_ANY_SOURCE), tag.value_or(MPI_ANY_TAG), native(channel), &found, &message,
                        &status),
            "MPI_Improbe");
  if (found == 0) { return std::nullopt; }
  int num_bytes = 0;
  check_mpi(MPI_Get_count(&status, MPI_BYTE, &num_bytes), "MPI_Get_count");
  return ProbedMessage{status.MPI_SOURCE, status.MPI_TAG, static_cast<std::uint64_t>(num_bytes), to_native(message)};
}

void MpiBackend::start_receive_probed(PieceRequest& request, ProbedMessage& message, std::span<std::byte> buffer) {
  HS_ASSERT(is_owner_thread());
  HS_CHECK(buffer.size() == message.num_bytes);
  auto native_message = from_native<MPI_Message>(std::exchange(message.native, 0));
  MPI_Request native_request = MPI_REQUEST_NULL;
  check_mpi(
      MPI_Imrecv(buffer.data(), static_cast<int>(buffer.size()), MPI_BYTE, &native_message, &native_request),
      "MPI_Imrecv");
  request = {.native = to_native(native_request), .num_bytes = buffer.size(), .peer = message.from, .is_send = false};
}

std::shared_ptr<Backend> MpiBackend::make_group(std::span<const std::int32_t> members, std::int32_t my_index,
                                                std::int32_t color, std::uint64_t /*sequence*/) {
  HS_ASSERT(is_owner_thread());
  // These block and spin, but all ranks are known to enter now, so it is brief.
  MPI_Comm group = MPI_COMM_NULL;
  check_mpi(MPI_Comm_split(collective_, members.empty() ? MPI_UNDEFINED : color, my_index, &group), "MPI_Comm_split");
  if (members.empty()) { return nullptr; }
  boost::mpi::communicator user = adopt(group);
  boost::mpi::communicator collective = duplicate(group);
  return std::make_shared<MpiBackend>(std::move(user), std::move(collective));
}

std::shared_ptr<Communicator> make_mpi_communicator(MPI_Comm parent, std::uint64_t piece_bytes) {
  boost::mpi::communicator user = duplicate(parent);
  boost::mpi::communicator collective = duplicate(parent);
  const int rank = user.rank();
  Topology topology = make_topology(find_node_ids(user, rank, user.size()), Rank(rank));
  return std::make_shared<Communicator>(std::make_shared<CommunicatorCore>(
      std::make_shared<MpiBackend>(std::move(user), std::move(collective)), std::move(topology), rank, piece_bytes));
}

}  // namespace hammerscale::comm
