#include "hammerscale/mllib/estimator.hpp"

#include <array>

#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/hdf5_arrays.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {

std::span<const Estimator* const> estimators() {
  static const std::array<const Estimator*, 1> all = {&kmeans_estimator()};
  return all;
}

const Estimator& find_estimator(std::string_view name) {
  std::string known;
  for (const auto* const estimator : estimators()) {
    if (equal_ignoring_case(estimator->name, name)) { return *estimator; }
    known.append(known.empty() ? "" : " ").append(estimator->name);
  }
  throw UserError(ErrorCode::kInvalidArgument, "there is no such estimator",
                  {{"estimator", std::string(name)}, {"known", known}});
}

std::unique_ptr<FittedModel> load_model(const std::string& path) {
  std::string name;
  {
    const Hdf5ArrayReader reader(path);
    if (!reader.has("/estimator")) {
      throw UserError(ErrorCode::kInput, "the file does not hold a model", {{"path", path}});
    }
    name = reader.text("/estimator");
  }
  for (const auto* const estimator : estimators()) {
    if (estimator->name == name) { return estimator->load(path); }
  }
  throw UserError(ErrorCode::kInput, "the file holds a model of an estimator that this version does not know",
                  {{"path", path}, {"estimator", name}});
}

}  // namespace hammerscale::mllib
