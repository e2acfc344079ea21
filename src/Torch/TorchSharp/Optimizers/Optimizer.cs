using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Ways to change parameters by their gradients.</summary>
    public static partial class optim
    {
        /// <summary>Changes parameters by their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            /// <summary>The parameters, in groups that share hyper-parameters.</summary>
            protected IList<ParamGroup> _parameter_groups { get; } = new List<ParamGroup>();

            /// <summary>The groups of parameters, to change their learning rates.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

            /// <summary>All parameters.</summary>
            public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

            /// <summary>Sets all gradients to none.</summary>
            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    parameter.grad = null;
                }
            }

            /// <summary>Changes the parameters once.</summary>
            /// <param name="closure">Computes the loss and its gradients first; or null when that has been done.</param>
            /// <returns>What the closure returned.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            /// <summary>Adds parameters with hyper-parameters of their own.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Releases what is kept between steps; the parameters stay.</summary>
            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Releases what is kept between steps.</summary>
            protected abstract void Dispose(bool disposing);
        }

        /// <summary>A learning rate that a schedule can change.</summary>
        public interface ILearningRateController
        {
            /// <summary>The learning rate of the next step.</summary>
            double LearningRate { get; set; }

            /// <summary>The learning rate that a schedule starts from.</summary>
            double InitialLearningRate { get; set; }
        }
    }
}
