using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules called one after another.</summary>
    public class Sequential : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.IModule<Tensor, Tensor>> stages = [];

        /// <summary>Modules by name, in order.</summary>
        protected internal Sequential(params (string name, nn.Module<Tensor, Tensor> submodule)[] modules)
            : base(nameof(Sequential))
        {
            ArgumentNullException.ThrowIfNull(modules);
            foreach (var (name, module) in modules)
            {
                append(name, module);
            }
        }

        /// <summary>Modules in order, named by their index.</summary>
        protected internal Sequential(params nn.Module<Tensor, Tensor>[] modules)
            : base(nameof(Sequential))
        {
            ArgumentNullException.ThrowIfNull(modules);
            foreach (var module in modules)
            {
                append(module);
            }
        }

        /// <summary>The number of modules.</summary>
        public int Count => stages.Count;

        /// <summary>One of the modules.</summary>
        public nn.IModule<Tensor, Tensor> this[int index] => stages[index];

        /// <summary>Adds a module at the end.</summary>
        /// <returns>This module.</returns>
        public Sequential append(string name, nn.IModule<Tensor, Tensor> module)
        {
            register_module(name, (nn.Module)module);
            stages.Add(module);
            return this;
        }

        /// <summary>Adds a module at the end, named by its index.</summary>
        /// <returns>This module.</returns>
        public Sequential append(nn.IModule<Tensor, Tensor> module) =>
            append(stages.Count.ToString(CultureInfo.InvariantCulture), module);

        /// <inheritdoc/>
        public override Tensor forward(Tensor tensor)
        {
            ArgumentNullException.ThrowIfNull(tensor);
            if (stages.Count == 0)
            {
                return tensor.alias();
            }

            var value = tensor;
            foreach (var stage in stages)
            {
                var next = stage.call(value);
                if (!ReferenceEquals(value, tensor) && !ReferenceEquals(value, next))
                {
                    value.Dispose();
                }

                value = next;
            }

            return value;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>No modules yet.</summary>
            public static Modules.Sequential Sequential() => new(Array.Empty<Module<Tensor, Tensor>>());

            /// <summary>Modules called one after another, by name.</summary>
            public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
                new(modules);

            /// <summary>Modules called one after another, named by their index.</summary>
            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => new(modules);

            /// <summary>Modules called one after another, by name.</summary>
            public static Modules.Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) =>
                new(modules.ToArray());

            /// <summary>Modules called one after another, named by their index.</summary>
            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) => new(modules.ToArray());
        }
    }
}
