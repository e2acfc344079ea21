using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// How the gradients of several losses go together on parameters that they share: the cosines between them, −1 where a step for
/// one undoes another's (Yu et al. 2020, arXiv 2001.06782, definition 1).
/// </summary>
public static class GradientInterference
{
    /// <summary>The cosines between the losses' gradients by the shared parameters.</summary>
    /// <param name="losses">Numbers without dimensions, two or more, of one batch; their graphs are kept.</param>
    /// <param name="shared">The parameters that they share, as those of a trunk in front of several heads.</param>
    /// <returns>[T, T], symmetric, 1 on its diagonal; NaN beside a loss that has no gradient there.</returns>
    /// <exception cref="ArgumentException">Fewer than two losses, no parameter, or a loss that is no number.</exception>
    public static double[,] Cosines(IReadOnlyList<Tensor> losses, IEnumerable<Tensor> shared)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(shared);
        List<Tensor> parameters = [.. shared];
        if (losses.Count < 2) throw new ArgumentException($"{losses.Count} losses do not interfere.", nameof(losses));
        if (parameters.Count == 0) throw new ArgumentException("There is no parameter that is shared.", nameof(shared));
        foreach (var loss in losses)
        {
            if (loss.numel() == 1) continue;
            throw new ArgumentException($"A loss is [{string.Join(", ", loss.shape)}], and no number.", nameof(losses));
        }

        using var scope = NewDisposeScope();
        var gradients = losses.Select(loss => Gradient(loss, parameters)).ToList();
        using var noGrad = no_grad();
        var cosines = new double[losses.Count, losses.Count];
        for (int i = 0; i < losses.Count; i++)
        {
            for (int j = i; j < losses.Count; j++)
            {
                double product = Product(gradients[i], gradients[j]), squares = Product(gradients[i], gradients[i])
                    * Product(gradients[j], gradients[j]);
                cosines[i, j] = cosines[j, i] = i == j && squares > 0 ? 1 : product / Math.Sqrt(squares);
            }
        }

        return cosines;
    }

    private static double Product(Tensor a, Tensor b) => Aten.item(a.dot(b));

    private static Tensor Gradient(Tensor loss, IList<Tensor> parameters)
    {
        var parts = autograd.grad([loss.reshape([])], parameters, retain_graph: true, allow_unused: true);
        return cat([.. parts.Select((part, i) => part is null || part.IsInvalid
            ? zeros(parameters[i].numel(), ScalarType.Float64) : part.detach().reshape(-1).to(ScalarType.Float64).cpu())], 0);
    }
}
