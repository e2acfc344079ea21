using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The parameters by name: this module's, then those of the modules inside, each once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (parameterName, parameter) in _internal_params)
                {
                    if (!parameter.IsInvalid && seen.Add(parameter.Handle))
                    {
                        yield return (parameterName, parameter);
                    }
                }

                foreach (var (moduleName, module) in recurse ? named_children() : [])
                {
                    foreach (var (parameterName, parameter) in module.named_parameters())
                    {
                        if (seen.Add(parameter.Handle))
                        {
                            yield return ($"{moduleName}.{parameterName}", parameter);
                        }
                    }
                }
            }

            /// <summary>The parameters: this module's, then those of the modules inside, each once.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(named => named.parameter);

            /// <summary>
            /// The tensors that are not learnt, by name: this module's, then those of the modules inside, each once.
            /// </summary>
            /// <param name="recurse">Whether the modules inside are included.</param>
            /// <param name="include_nonpersistent">Whether those that are not saved are included.</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (bufferName, (buffer, persistent)) in _internal_buffers)
                {
                    if ((persistent || include_nonpersistent) && !buffer.IsInvalid && seen.Add(buffer.Handle))
                    {
                        yield return (bufferName, buffer);
                    }
                }

                foreach (var (moduleName, module) in recurse ? named_children() : [])
                {
                    foreach (var (bufferName, buffer) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(buffer.Handle))
                        {
                            yield return ($"{moduleName}.{bufferName}", buffer);
                        }
                    }
                }
            }

            /// <summary>The tensors that are not learnt: this module's, then those of the modules inside, each once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(named => named.buffer);

            /// <summary>The modules directly inside this one, by name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>The modules directly inside this one.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(named => named.module);

            /// <summary>All modules inside this one, by name; those directly inside first.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var named in named_children())
                {
                    yield return named;
                }

                foreach (var (outerName, outer) in named_children())
                {
                    foreach (var (innerName, inner) in outer.named_modules())
                    {
                        yield return ($"{outerName}.{innerName}", inner);
                    }
                }
            }

            /// <summary>All modules inside this one; those directly inside first.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(named => named.module);

            /// <summary>Whether there is a buffer of a name, as <c>features.running_mean</c>.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Whether there is a parameter of a name, as <c>features.weight</c>.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>A buffer by name, as <c>features.running_mean</c>, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return _internal_buffers.TryGetValue(target, out var buffer)
                    ? buffer.Item1
                    : Inside(target, (module, rest) => module.get_buffer(rest));
            }

            /// <summary>A parameter by name, as <c>features.weight</c>, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return _internal_params.TryGetValue(target, out var parameter)
                    ? parameter
                    : Inside(target, (module, rest) => module.get_parameter(rest));
            }

            /// <summary>Looks up the rest of a dotted name in the module that its first part names.</summary>
            private T? Inside<T>(string target, Func<Module, string, T?> find)
                where T : Tensor
            {
                var dot = target.IndexOf('.', StringComparison.Ordinal);
                if (dot < 0)
                {
                    return null;
                }

                var outer = target[..dot];
                foreach (var (moduleName, module) in named_children())
                {
                    if (moduleName == outer)
                    {
                        return find(module, target[(dot + 1)..]);
                    }
                }

                return null;
            }
        }
    }
}
