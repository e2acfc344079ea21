using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool componentsRegistered;

            /// <summary>Adds a tensor that is not learnt.</summary>
            /// <param name="name">Its name.</param>
            /// <param name="tensor">The tensor.</param>
            /// <param name="persistent">Whether it is part of the state that is saved.</param>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                }

                if (!_internal_buffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }
            }

            /// <summary>Adds a parameter.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                }

                if (!_internal_params.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }
            }

            /// <summary>Adds a module; null removes the one of that name.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(name);
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }

                if (name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"module name can't contain \".\", got: {name}", nameof(name));
                }

                if (name.Length == 0)
                {
                    throw new ArgumentException("module name can't be empty string \"\"", nameof(name));
                }

                if (_internal_submodules.ContainsKey(name))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }

                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            /// <summary>Adds a module.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds or replaces a parameter; null, or a tensor that is none, removes it.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor? value) =>
                ConditionallyRegisterParameter(name, value as Parameter);

            /// <summary>Adds or replaces a parameter; null removes it.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _internal_params.Remove(name);
                }
                else
                {
                    _internal_params[name] = value;
                }
            }

            /// <summary>Adds or replaces a tensor that is not learnt; null removes it.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _internal_buffers.Remove(name);
                }
                else
                {
                    _internal_buffers[name] = (value, persistent);
                }
            }

            /// <summary>
            /// Registers the modules, parameters and tensors that the fields of the class hold, under the fields' names.
            /// </summary>
            /// <remarks>
            /// Reads fields by reflection, which trimming and NativeAOT may remove: a module that is to survive them registers
            /// its components itself and overrides this.
            /// </remarks>
            [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Documented: trimmed modules override this.")]
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered)
                {
                    return;
                }

                componentsRegistered = true;
                for (var type = GetType(); type != typeof(Module) && type is not null; type = type.BaseType)
                {
                    var fields = type.GetFields(
                        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly);
                    foreach (var field in fields)
                    {
                        Register(field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name, field.GetValue(this));
                    }
                }
            }

            private void Register(string name, object? value)
            {
                switch (value)
                {
                    case Module module when !Holds(_internal_submodules, name, module):
                        register_module(name, module);
                        break;
                    case Parameter parameter when !Holds(_internal_params, name, parameter):
                        register_parameter(name, parameter);
                        break;
                    case Modules.Parameter:
                        break;
                    case Tensor tensor when !_internal_buffers.ContainsKey(name)
                        && !_internal_buffers.Values.Any(buffer => ReferenceEquals(buffer.Item1, tensor)):
                        register_buffer(name, tensor);
                        break;
                }
            }

            /// <summary>Whether a field's value has been registered explicitly, perhaps under another name.</summary>
            private static bool Holds<T>(OrderedDict<string, T> components, string name, T component)
                where T : class =>
                components.ContainsKey(name) || components.Values.Any(known => ReferenceEquals(known, component));
        }
    }
}
