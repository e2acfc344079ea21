using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Self-distillation in generations: each network learns from the one before it (Furlanello et al. 2018, arXiv
/// 1805.04770).</summary>
public static class BornAgain
{
    /// <summary>Trains networks one after the other.</summary>
    /// <param name="generations">How many, at least 1. The first learns without a teacher.</param>
    /// <param name="create">The number of a generation, from 0, to its network: of the same declaration, with initial values of
    /// its own.</param>
    /// <param name="first">Trains a network without a teacher.</param>
    /// <param name="next">Trains a network (first argument) with the generation before it as its teacher (second
    /// argument).</param>
    /// <returns>All generations in order. The caller disposes them, also as parts of a <see cref="NetworkEnsemble"/>.</returns>
    /// <example><code>
    /// Net[] generations = BornAgain.Train(3, _ => new Net(),
    ///     network => new NetTrainer(network).Fit(data),
    ///     (network, teacher) => new BornAgainTrainer(network, teacher).Fit(data));
    /// </code></example>
    public static TModel[] Train<TModel>(
        int generations, Func<int, TModel> create, Action<TModel> first, Action<TModel, TModel> next)
        where TModel : nn.Module<Tensor, Tensor>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(generations, 1);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(next);
        var all = new TModel[generations];
        for (int generation = 0; generation < generations; generation++)
        {
            all[generation] = create(generation);
            if (generation == 0) first(all[0]);
            else next(all[generation], all[generation - 1]);
        }

        return all;
    }
}
