using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Support and query samples of several tasks.</summary>
public static class Episodes
{
    /// <summary>Refuses parts of episodes that are not those of the same tasks and samples: what broadcasts would train without a
    /// word.</summary>
    /// <param name="supportInputs">[T, S, ...], with its name.</param>
    /// <param name="supportLabels">[T, S, ...].</param>
    /// <param name="queryInputs">[T, Q, ...].</param>
    /// <param name="queryLabels">[T, Q, ...].</param>
    /// <exception cref="ArgumentException">The numbers of tasks or of samples differ, or there is none.</exception>
    public static void Require(
        (string Name, Tensor Values) supportInputs, (string Name, Tensor Values) supportLabels,
        (string Name, Tensor Values) queryInputs, (string Name, Tensor Values) queryLabels)
    {
        (string Name, Tensor Values)[] all = [supportInputs, supportLabels, queryInputs, queryLabels];
        foreach (var (name, values) in all)
        {
            BatchPart.Require(values, name);
            if (values.dim() < 2 || values.numel() == 0)
            {
                throw new ArgumentException(
                    $"Episodes are [T, S, ...] with at least one task and one sample, but '{name}' is [{Shape(values)}].", name);
            }
        }

        foreach (var (name, values) in all)
        {
            if (values.size(0) == supportInputs.Values.size(0)) continue;
            throw new ArgumentException(
                $"'{name}' has {values.size(0)} tasks, but '{supportInputs.Name}' has {supportInputs.Values.size(0)}.", name);
        }

        RequireSamples(supportInputs, supportLabels);
        RequireSamples(queryInputs, queryLabels);
    }

    private static void RequireSamples((string Name, Tensor Values) inputs, (string Name, Tensor Values) labels)
    {
        if (inputs.Values.size(1) == labels.Values.size(1)) return;
        throw new ArgumentException(
            $"'{labels.Name}' has {labels.Values.size(1)} samples a task, but '{inputs.Name}' has {inputs.Values.size(1)}.",
            labels.Name);
    }

    private static string Shape(Tensor values) => string.Join(", ", values.shape);
}
