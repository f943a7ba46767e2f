#pragma once

#include <string>
#include <typeinfo>
#include <utility>

#include "hammerscale/closure/composite.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/checkpoint_files.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/text_files.hpp"

namespace hammerscale {

template <typename T>
Dataset<T> Dataset<T>::persist(storage::StorageLevel level) const {
  if (!node_->storage_level) { node_->storage_level = level; }
  return *this;
}

template <typename T>
Dataset<T> Dataset<T>::unpersist() const {
  if (node_->storage_level) {
    node_->storage_level.reset();
    engine_->drop_dataset(node_->id);
  }
  return *this;
}

template <typename T>
Dataset<T> Dataset<T>::checkpoint(const std::string& directory, std::source_location where) const {
  const std::string element_type = typeid(T).name();
  auto manifest = read_manifest(directory);
  if (manifest && (manifest->element_type != element_type || manifest->num_elements.size() != num_partitions())) {
    throw UserError(ErrorCode::kFileExists, "the directory holds the checkpoint of another dataset",
                    {{"path", directory}, {"partitions_there", std::to_string(manifest->num_elements.size())}});
  }
  if (!manifest) {
    prepare_checkpoint(directory);
    const Bound<actions::GiveString, std::string> target({directory}, actions::GiveString{});
    manifest.emplace();
    manifest->element_type = element_type;
    manifest->num_elements = run_action<T, std::uint64_t>(
        engine_, node_, "checkpoint", compose<actions::WriteCheckpoint>(target), all_partitions(*node_), where);
    write_manifest(directory, *manifest);
  }
  engine_->note_checkpoint();
  auto node = make_node<operators::ReadCheckpoint<T>>(engine_, "checkpoint", num_partitions(), where);
  append_encoded(node->params, directory);
  node->partitioning = node_->partitioning;
  return {engine_, std::move(node)};
}

template <typename T>
void Dataset<T>::save_as_text(const std::string& directory, const std::string& codec,
                              std::source_location where) const {
  const TextOutput output(directory, codec);
  run_action<T, Nothing>(engine_, node_, "save_as_text",
                         compose<actions::WriteText>(actions::text_target(directory, codec)), all_partitions(*node_),
                         where);
  output.commit();
}

}  // namespace hammerscale
