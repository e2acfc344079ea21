using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Steps scaled by running means of gradient and squared gradient (Kingma and Ba, 2014).</summary>
    public class Adam : OptimizerHelper
    {
        private readonly Options defaults;

        internal Adam(IEnumerable<ParamGroup> groups, Options defaults)
        {
            this.defaults = defaults;
            foreach (var group in groups)
            {
                add_param_group(group);
            }
        }

        /// <inheritdoc/>
        public override Tensor? step(Func<Tensor>? closure = null) => Step<Options>(closure, Change);

        /// <inheritdoc/>
        public override void add_param_group(Modules.ParamGroup param_group)
        {
            ArgumentNullException.ThrowIfNull(param_group);
            var options = (Options)param_group.Options;
            options.LearningRate ??= defaults.LearningRate;
            options.beta1 ??= defaults.beta1;
            options.beta2 ??= defaults.beta2;
            options.eps ??= defaults.eps;
            options.weight_decay ??= defaults.weight_decay;
            options.amsgrad ??= defaults.amsgrad;
            options.maximize ??= defaults.maximize;
            AddGroup(param_group);
        }

        private void Change(Parameter parameter, Tensor gradient, Options options)
        {
            var rate = options.LearningRate!.Value;
            if (options.maximize == true)
            {
                gradient = -gradient;
            }

            if (options.weight_decay is { } decay and not 0)
            {
                gradient = gradient.add(parameter, decay);
            }

            StateOf(parameter, () => new AdamMoments(parameter)).Change(
                parameter, gradient, rate, options.beta1!.Value, options.beta2!.Value, options.eps!.Value,
                options.amsgrad == true);
        }

        /// <summary>The hyper-parameters.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How much of the running mean of the gradient stays.</summary>
            public double? beta1 { get; set; }

            /// <summary>How much of the running mean of the squared gradient stays.</summary>
            public double? beta2 { get; set; }

            /// <summary>How much of the parameter is added to its gradient.</summary>
            public double? weight_decay { get; set; }

            /// <summary>Added to the root that steps are divided by.</summary>
            public double? eps { get; set; }

            /// <summary>Whether the largest running mean of the squared gradient so far is used.</summary>
            public bool? amsgrad { get; set; }

            /// <summary>Whether the objective is made large instead of small.</summary>
            public bool? maximize { get; set; }
        }

        /// <summary>Parameters that share hyper-parameters.</summary>
        public class ParamGroup : ParamGroup<Options>
        {
            /// <summary>No parameters yet.</summary>
            public ParamGroup()
            {
            }

            /// <summary>Parameters with hyper-parameters; null stands for the optimizer's own.</summary>
            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            /// <summary>Parameters with hyper-parameters.</summary>
            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                })
            {
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Steps scaled by running means of gradient and squared gradient (Kingma and Ba, 2014).</summary>
            /// <param name="parameters">What to change.</param>
            /// <param name="lr">The length of a step.</param>
            /// <param name="beta1">How much of the running mean of the gradient stays.</param>
            /// <param name="beta2">How much of the running mean of the squared gradient stays.</param>
            /// <param name="eps">Added to the root that steps are divided by.</param>
            /// <param name="weight_decay">How much of the parameter is added to its gradient.</param>
            /// <param name="amsgrad">Whether the largest running mean of the squared gradient so far is used.</param>
            /// <param name="maximize">Whether the objective is made large instead of small.</param>
            public static Modules.Adam Adam(
                IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                Adam(
                    [new Modules.Adam.ParamGroup(parameters, new Modules.Adam.Options())], lr, beta1, beta2, eps, weight_decay,
                    amsgrad, maximize);

            /// <inheritdoc cref="Adam(IEnumerable{Modules.Parameter}, double, double, double, double, double, bool, bool)"/>
            public static Modules.Adam Adam(
                IEnumerable<(string name, Modules.Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                Adam(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <inheritdoc cref="Adam(IEnumerable{Modules.Parameter}, double, double, double, double, double, bool, bool)"/>
            public static Modules.Adam Adam(
                IEnumerable<Modules.Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                RequireNotNegative(lr, eps, weight_decay);
                RequireFraction(beta1);
                RequireFraction(beta2);
                return new Modules.Adam(parameters, new Modules.Adam.Options
                {
                    LearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                });
            }

            private static void RequireFraction(double beta)
            {
                if (!(beta >= 0 && beta < 1))
                {
                    throw new ArgumentException($"A beta is {beta}, but must be in [0, 1).");
                }
            }
        }
    }
}
