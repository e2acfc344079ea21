using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a network: parameters, buffers and further modules, by name.</summary>
        /// <remarks>A module owns what is registered with it: disposing it disposes them.</remarks>
        public partial class Module : IDisposable
        {
            /// <summary>The modules inside this one.</summary>
            protected OrderedDict<string, Module> _internal_submodules { get; } = new();

            /// <summary>The tensors of this module that are not learnt, and whether they are saved.</summary>
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers { get; } = new();

            /// <summary>The parameters of this module.</summary>
            protected OrderedDict<string, Parameter> _internal_params { get; } = new();

            /// <summary>The kind of device that the module was last moved to.</summary>
            /// <remarks>A module that overrides <see cref="_toEpilog"/> sets it: the TorchSharp package moves a module only away from here.</remarks>
            protected DeviceType _deviceType = DeviceType.CPU;

            /// <summary>Which device of that kind; -1 for the only or current one.</summary>
            protected int _deviceIndex = -1;

            private readonly string name;

            /// <summary>A module without components.</summary>
            /// <param name="name">The name of the kind of module.</param>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module behaves as in training rather than as in evaluation.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The name of the kind of module.</summary>
            public virtual string GetName() => name;

            /// <summary>Calls an action on each module inside, innermost first, and on this one.</summary>
            /// <returns>This module.</returns>
            public virtual Module apply(Action<Module> fn)
            {
                ArgumentNullException.ThrowIfNull(fn);
                foreach (var (_, module) in _internal_submodules)
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>Sets whether this module and those inside behave as in training.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in children())
                {
                    module.train(train);
                }
            }

            /// <summary>Makes this module and those inside behave as in evaluation.</summary>
            public virtual void eval() => train(false);

            /// <summary>Removes the gradients of all parameters, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using var gradient = parameter.grad;
                    gradient?.detach_().zero_();
                }
            }

            /// <summary>Releases the module and everything registered with it.</summary>
            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Releases everything registered with the module.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (_, (buffer, _)) in _internal_buffers)
                {
                    buffer.Dispose();
                }

                foreach (var (_, parameter) in _internal_params)
                {
                    parameter.Dispose();
                }

                foreach (var module in children())
                {
                    module.Dispose();
                }
            }
        }
    }
}
