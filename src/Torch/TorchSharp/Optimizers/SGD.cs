using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
    public class SGD : OptimizerHelper
    {
        private readonly Options defaults;

        internal SGD(IEnumerable<ParamGroup> groups, Options defaults)
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
            options.momentum ??= defaults.momentum;
            options.dampening ??= defaults.dampening;
            options.weight_decay ??= defaults.weight_decay;
            options.nesterov ??= defaults.nesterov;
            options.maximize ??= defaults.maximize;
            AddGroup(param_group);
        }

        private void Change(Parameter parameter, Tensor gradient, Options options)
        {
            var momentum = options.momentum!.Value;
            if (options.maximize == true)
            {
                gradient = -gradient;
            }

            if (options.weight_decay is { } decay and not 0)
            {
                gradient = gradient.add(parameter, decay);
            }

            if (momentum != 0)
            {
                // The first velocity is the gradient itself, not dampened, as in PyTorch.
                var created = false;
                var velocity = StateOf(parameter, () =>
                {
                    created = true;
                    return gradient.clone().DetachFromDisposeScope();
                });
                if (!created)
                {
                    velocity.mul_(momentum).add_(gradient, 1 - options.dampening!.Value);
                }

                gradient = options.nesterov == true ? gradient.add(velocity, momentum) : velocity;
            }

            parameter.add_(gradient, -options.LearningRate!.Value);
        }

        /// <summary>The hyper-parameters.</summary>
        public class Options : OptimizerOptions
        {
            /// <summary>How much of the last step's velocity stays.</summary>
            public double? momentum { get; set; }

            /// <summary>How much of the gradient is left out of the velocity.</summary>
            public double? dampening { get; set; }

            /// <summary>How much of the parameter is added to its gradient.</summary>
            public double? weight_decay { get; set; }

            /// <summary>Whether the velocity looks one step ahead.</summary>
            public bool? nesterov { get; set; }

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
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options
                {
                    LearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
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
            /// <summary>Stochastic gradient descent: v = momentum * v + g, then p = p - learningRate * v.</summary>
            /// <param name="parameters">What to change.</param>
            /// <param name="learningRate">The length of a step.</param>
            /// <param name="momentum">How much of the last step's velocity stays.</param>
            /// <param name="dampening">How much of the gradient is left out of the velocity.</param>
            /// <param name="weight_decay">How much of the parameter is added to its gradient.</param>
            /// <param name="nesterov">Whether the velocity looks one step ahead.</param>
            /// <param name="maximize">Whether the objective is made large instead of small.</param>
            public static Modules.SGD SGD(
                IEnumerable<Modules.Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                SGD(
                    [new Modules.SGD.ParamGroup(parameters, new Modules.SGD.Options())], learningRate, momentum, dampening,
                    weight_decay, nesterov, maximize);

            /// <inheritdoc cref="SGD(IEnumerable{Modules.Parameter}, double, double, double, double, bool, bool)"/>
            public static Modules.SGD SGD(
                IEnumerable<(string name, Modules.Parameter parameter)> parameters, double learningRate, double momentum = 0,
                double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                SGD(
                    parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov,
                    maximize);

            /// <inheritdoc cref="SGD(IEnumerable{Modules.Parameter}, double, double, double, double, bool, bool)"/>
            public static Modules.SGD SGD(
                IEnumerable<Modules.SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false)
            {
                RequireNotNegative(learningRate, momentum, weight_decay);
                if (nesterov && (momentum <= 0 || dampening != 0))
                {
                    throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
                }

                return new Modules.SGD(parameters, new Modules.SGD.Options
                {
                    LearningRate = learningRate,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                });
            }

            private static void RequireNotNegative(params ReadOnlySpan<double> values)
            {
                foreach (var value in values)
                {
                    if (!(value >= 0))
                    {
                        throw new ArgumentException($"A hyper-parameter is {value}, but must not be negative.");
                    }
                }
            }
        }
    }
}
