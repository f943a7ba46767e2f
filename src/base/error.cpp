#include "hammerscale/base/error.hpp"

#include <array>
#include <new>
#include <typeinfo>

#include <cxxabi.h>
#include <cstdlib>

namespace hammerscale {
namespace {

constexpr std::array<std::string_view, 24> kCodeNames = {
    "invalid_argument", "file_not_found",   "file_exists",   "permission",       "malformed_input",
    "non_finite",       "unknown_column",   "type_mismatch", "captures_address", "mixed_binaries",
    "bad_launch",       "result_too_large", "out_of_memory", "disk_full",        "input",
    "output",           "corrupt_block",    "missing_input", "lost_rank",        "timeout",
    "communication",    "user_code",        "cancelled",     "internal"};
static_assert(kCodeNames.size() == static_cast<std::size_t>(ErrorCode::kInternal) + 1);

void append_escaped(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
}

ErrorInfo make_info(ErrorKind kind, ErrorCode code, bool retryable, std::string sentence,
                    std::vector<ErrorField> fields, const std::source_location& where) {
  ErrorInfo info;
  info.kind = kind;
  info.code = code;
  info.retryable = retryable;
  info.line = static_cast<std::int32_t>(where.line());
  info.file = where.file_name();
  info.sentence = std::move(sentence);
  info.fields = std::move(fields);
  return info;
}

std::string type_name(const std::type_info& type) {
  int status = 0;
  char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  std::string result = status == 0 ? name : type.name();
  std::free(name);  // NOLINT: the demangler allocates with malloc
  return result;
}

}  // namespace

std::string_view to_string(ErrorCode code) {
  const auto index = static_cast<std::size_t>(code);
  return index < kCodeNames.size() ? kCodeNames[index] : "unknown";
}

std::string ErrorInfo::message() const {
  std::string text;
  append_escaped(text, sentence);
  if (fields.empty()) { return text; }
  text += " (";
  bool first = true;
  for (const auto& [name, value] : fields) {
    if (!first) { text += ", "; }
    first = false;
    text += name;
    text += '=';
    append_escaped(text, value);
  }
  text += ')';
  return text;
}

std::string ErrorInfo::report() const {
  std::string text = message();
  if (!call_site.empty()) {
    text += ", at ";
    text += call_site;
  }
  if (rank >= 0) {
    text += ", rank ";
    text += std::to_string(rank);
  }
  return text;
}

Error::Error(ErrorInfo info)
    : info_(std::make_shared<const ErrorInfo>(std::move(info))),
      what_(std::make_shared<const std::string>(info_->message())) {}

const char* Error::what() const noexcept { return what_->c_str(); }

UserError::UserError(ErrorCode code, std::string sentence, std::vector<ErrorField> fields, std::source_location where)
    : Error(make_info(ErrorKind::kUser, code, false, std::move(sentence), std::move(fields), where)) {}

ResourceError::ResourceError(ErrorCode code, std::string sentence, std::vector<ErrorField> fields, bool retryable,
                             std::source_location where)
    : Error(make_info(ErrorKind::kResource, code, retryable, std::move(sentence), std::move(fields), where)) {}

InternalError::InternalError(std::string sentence, std::vector<ErrorField> fields, std::source_location where)
    : Error(make_info(ErrorKind::kInternal, ErrorCode::kInternal, false, std::move(sentence), std::move(fields),
                      where)) {}

Cancelled::Cancelled(std::string sentence, std::vector<ErrorField> fields, std::source_location where)
    : Error(make_info(ErrorKind::kCancelled, ErrorCode::kCancelled, false, std::move(sentence), std::move(fields),
                      where)) {}

void throw_error(ErrorInfo info) {
  switch (info.kind) {
    case ErrorKind::kUser: throw UserError(std::move(info));
    case ErrorKind::kResource: throw ResourceError(std::move(info));
    case ErrorKind::kCancelled: throw Cancelled(std::move(info));
    case ErrorKind::kInternal: break;
  }
  throw InternalError(std::move(info));
}

ErrorInfo describe_exception(const std::exception_ptr& exception) {
  ErrorInfo info;
  info.kind = ErrorKind::kUser;
  info.code = ErrorCode::kUserCode;
  // Code of the user may fail for a reason that lies outside of it, such as a flaky file system: try it elsewhere.
  info.retryable = true;
  info.sentence = "a user function threw an exception";
  try {
    std::rethrow_exception(exception);
  } catch (const Error& error) { return error.info(); } catch (const std::bad_alloc&) {
    info.kind = ErrorKind::kResource;
    info.code = ErrorCode::kOutOfMemory;
    info.sentence = "the process has no memory left";
  } catch (const std::exception& error) {
    info.fields = {{"type", type_name(typeid(error))}, {"what", error.what()}};
  } catch (...) { info.fields = {{"type", "unknown"}}; }
  return info;
}

}  // namespace hammerscale
