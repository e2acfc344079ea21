using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// The parameters and saved buffers of this module and those inside, by name; the tensors are the module's own.
            /// </summary>
            /// <param name="destination">A dictionary to add to; a new one when not given.</param>
            /// <param name="prefix">Put before each name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                foreach (var (name, parameter) in named_parameters())
                {
                    destination.TryAdd(Key(prefix, name), parameter);
                }

                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(Key(prefix, name), buffer);
                }

                // A tensor that several modules share has been listed once so far; each of its names is part of the state.
                foreach (var (name, module) in named_children())
                {
                    module.state_dict(destination, Key(prefix, name));
                }

                return destination;
            }

            /// <summary>Copies values into the parameters and saved buffers.</summary>
            /// <param name="source">The values by name.</param>
            /// <param name="strict">Whether the names must be exactly those of <see cref="state_dict"/>.</param>
            /// <param name="skip">Names to leave out on both sides.</param>
            /// <returns>The names that the source lacks, and those that the module lacks.</returns>
            /// <exception cref="InvalidOperationException">The names differ and <paramref name="strict"/> is set.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                skip ??= [];
                var destination = state_dict();
                List<string> missing = [.. destination.Keys.Where(name => !skip.Contains(name) && !source.ContainsKey(name))];
                List<string> unexpected = [.. source.Keys.Where(name => !skip.Contains(name) && !destination.ContainsKey(name))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException(
                        "The loaded state_dict is not identical to the target dictionary." +
                        (missing.Count > 0 ? $" Missing: {string.Join(", ", missing)}." : string.Empty) +
                        (unexpected.Count > 0 ? $" Unexpected: {string.Join(", ", unexpected)}." : string.Empty));
                }

                using var unrecorded = no_grad();
                foreach (var (name, value) in source)
                {
                    if (!skip.Contains(name) && destination.TryGetValue(name, out var target))
                    {
                        RequireShape(name, target, value);
                        target.copy_(value);
                    }
                }

                return (missing, unexpected);
            }

            /// <summary>Writes the state to a file in TorchSharp's format.</summary>
            /// <param name="location">The file.</param>
            /// <param name="skip">Names to leave out.</param>
            /// <returns>This module.</returns>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes the state in TorchSharp's format.</summary>
            /// <param name="writer">Where to.</param>
            /// <param name="skip">Names to leave out.</param>
            /// <returns>This module.</returns>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes the state in TorchSharp's format, and closes the stream.</summary>
            /// <param name="stream">Where to.</param>
            /// <param name="skip">Names to leave out.</param>
            /// <returns>This module.</returns>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>
            /// Writes tensors by name in TorchSharp's format: their count, then name, type, shape and elements of each.
            /// </summary>
            /// <param name="writer">Where to.</param>
            /// <param name="sd">The tensors by name.</param>
            /// <param name="skip">Names to leave out.</param>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(writer);
                ArgumentNullException.ThrowIfNull(sd);
                var entries = sd.Where(entry => skip?.Contains(entry.Key) != true).ToArray();
                writer.Encode(entries.Length);
                foreach (var (name, tensor) in entries)
                {
                    writer.Write(name);
                    tensor.Save(writer);
                }
            }

            /// <summary>Reads the state from a file in TorchSharp's format.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Whether the names must be exactly those of <see cref="state_dict"/>.</param>
            /// <param name="skip">Names whose values stay as they are.</param>
            /// <param name="loadedParameters">Receives each name in the file, and whether the module has it.</param>
            /// <returns>This module.</returns>
            /// <exception cref="ArgumentException">Names, types or shapes differ from the module's.</exception>
            public virtual Module load(
                string location, bool strict = true, IList<string>? skip = null, Dictionary<string,
                bool>? loadedParameters = null)
            {
                using var stream = File.OpenRead(location);
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads the state in TorchSharp's format, and closes the stream.</summary>
            /// <inheritdoc cref="load(BinaryReader, bool, IList{string}?, Dictionary{string, bool}?)"/>
            public Module load(
                Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads the state in TorchSharp's format.</summary>
            /// <param name="reader">Where from.</param>
            /// <param name="strict">Whether the names must be exactly those of <see cref="state_dict"/>.</param>
            /// <param name="skip">Names whose values stay as they are.</param>
            /// <param name="loadedParameters">Receives each name that was read, and whether the module has it.</param>
            /// <returns>This module.</returns>
            /// <exception cref="ArgumentException">Names, types or shapes differ from the module's.</exception>
            public virtual Module load(
                BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                ArgumentNullException.ThrowIfNull(reader);
                var state = state_dict();
                var count = reader.Decode();
                if (strict && count != state.Count)
                {
                    throw new ArgumentException(
                        $"Mismatched state_dict sizes: expected {state.Count}, but found {count} entries.");
                }

                for (var entry = 0L; entry < count; entry++)
                {
                    var name = reader.ReadString();
                    var found = state.TryGetValue(name, out var target);
                    if (!found && strict)
                    {
                        throw new ArgumentException(
                            "Mismatched module state names: " +
                            $"the target modules does not have a submodule or buffer named '{name}'");
                    }

                    if (found && skip?.Contains(name) != true)
                    {
                        target!.Load(reader);
                    }
                    else
                    {
                        TensorExtensionMethods.Load(reader, skip: true).Dispose();
                    }

                    loadedParameters?.Add(name, found);
                }

                return this;
            }

            private static string Key(string? prefix, string name) => string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}";

            /// <summary>copy_ would silently broadcast.</summary>
            private static void RequireShape(string name, Tensor target, Tensor value)
            {
                if (!target.shape.AsSpan().SequenceEqual(value.shape))
                {
                    throw new ArgumentException(
                        $"{name} has shape [{string.Join(", ", target.shape)}], " +
                        $"but [{string.Join(", ", value.shape)}] was given.");
                }
            }
        }
    }
}
