#pragma once

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hammerscale {

/// What went wrong, for programs. The sentence of an Error is for people.
enum class ErrorCode : std::uint16_t {
  kInvalidArgument,
  kFileNotFound,
  kFileExists,
  kPermission,
  kMalformedInput,
  kNonFinite,
  kUnknownColumn,
  kTypeMismatch,
  kCapturesAddress,
  kMixedBinaries,
  kBadLaunch,
  kResultTooLarge,
  kOutOfMemory,
  kDiskFull,
  kInput,
  kOutput,
  kCorruptBlock,
  kMissingInput,
  kLostRank,
  kTimeout,
  kCommunication,
  kUserCode,
  kCancelled,
  kInternal,
};

/// The code's spelling in logs, for example "invalid_argument".
std::string_view to_string(ErrorCode code);

/// Who can act on an error; one subclass of Error each.
enum class ErrorKind : std::uint8_t { kUser, kResource, kInternal, kCancelled };

/// One named value of an error, for example {"column", "price"}.
using ErrorField = std::pair<std::string, std::string>;

/// Everything an error carries, as plain data that travels between ranks.
struct ErrorInfo {
  ErrorKind kind = ErrorKind::kInternal;
  ErrorCode code = ErrorCode::kInternal;
  bool retryable = false;
  std::int32_t rank = -1;  ///< Rank that raised it; -1 while unknown.
  std::int32_t line = 0;   ///< Source line that raised it.
  std::string file;        ///< Source file that raised it.
  std::string sentence;    ///< Fixed text, so that logs group by it.
  std::vector<ErrorField> fields;
  std::string call_site;   ///< "file:line" of the user's operator; empty when none is known.

  /// "sentence (name=value, ...)", on one line: control bytes in values are escaped.
  [[nodiscard]] std::string message() const;
  /// message() followed by call site and rank where known; what a failed job prints.
  [[nodiscard]] std::string report() const;
};

/// Base of all errors that Hammerscale throws. Copying is cheap and does not throw.
class Error : public std::exception {
 public:
  explicit Error(ErrorInfo info);

  [[nodiscard]] const char* what() const noexcept override;
  [[nodiscard]] const ErrorInfo& info() const noexcept { return *info_; }
  [[nodiscard]] ErrorKind kind() const noexcept { return info_->kind; }
  [[nodiscard]] ErrorCode code() const noexcept { return info_->code; }
  [[nodiscard]] bool retryable() const noexcept { return info_->retryable; }

 private:
  std::shared_ptr<const ErrorInfo> info_;
  std::shared_ptr<const std::string> what_;
};

/// The caller changes input, plan or settings. Programs end with exit code 2.
class UserError : public Error {
 public:
  UserError(ErrorCode code, std::string sentence, std::vector<ErrorField> fields = {},
            std::source_location where = std::source_location::current());
  explicit UserError(ErrorInfo info) : Error(std::move(info)) {}
};

/// Operators of the machine act, or a retry does if retryable().
class ResourceError : public Error {
 public:
  ResourceError(ErrorCode code, std::string sentence, std::vector<ErrorField> fields = {}, bool retryable = false,
                std::source_location where = std::source_location::current());
  explicit ResourceError(ErrorInfo info) : Error(std::move(info)) {}
};

/// A bug of ours: a broken invariant or an unreachable branch.
class InternalError : public Error {
 public:
  explicit InternalError(std::string sentence, std::vector<ErrorField> fields = {},
                         std::source_location where = std::source_location::current());
  explicit InternalError(ErrorInfo info) : Error(std::move(info)) {}
};

/// The work was stopped on request; nobody has to act.
class Cancelled : public Error {
 public:
  explicit Cancelled(std::string sentence, std::vector<ErrorField> fields = {},
                     std::source_location where = std::source_location::current());
  explicit Cancelled(ErrorInfo info) : Error(std::move(info)) {}
};

/// Throws the subclass that info.kind names.
[[noreturn]] void throw_error(ErrorInfo info);

/// Describes any exception as an ErrorInfo. Errors of ours keep all they carry; std::bad_alloc becomes kOutOfMemory;
/// every other exception becomes kUserCode with its what() as a field, because it came out of a user's function.
ErrorInfo describe_exception(const std::exception_ptr& exception);

}  // namespace hammerscale
