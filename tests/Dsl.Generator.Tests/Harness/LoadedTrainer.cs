using System.Reflection;
using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Generator.Tests;

/// <summary>
/// A trainer that the generator made in this process, whatever its signatures are: members are found by their names.
/// </summary>
internal sealed class LoadedTrainer : IDisposable
{
    private readonly Type _type;
    private readonly object _trainer;

    /// <param name="assembly">Holds the trainer in the namespace <c>Demo</c>.</param>
    /// <param name="name">The trainer's class.</param>
    public LoadedTrainer(Assembly assembly, string name)
    {
        _type = assembly.GetType($"Demo.{name}", throwOnError: true)!;
        var parameters = _type.GetConstructors().Single().GetParameters();
        Model = Network(parameters[0].ParameterType, 3);
        _trainer = Activator.CreateInstance(_type, [.. parameters.Select(parameter => parameter.Name switch
        {
            "model" => Model,
            "teacher" => Network(Model.GetType(), 4),
            _ when typeof(nn.Module).IsAssignableFrom(parameter.ParameterType) => Network(parameter.ParameterType, 5),
            _ => (object?)null,
        })])!;

        // No Fit says how many steps an epoch has.
        ((Trainer)_trainer).StepsPerEpoch = 5;
    }

    public nn.Module Model { get; }

    public ParameterArena Arena => ((dynamic)Model).Arena;

    /// <summary>The total of the last step.</summary>
    public double Total { get; private set; }

    public void Set(string property, object value) => _type.GetProperty(property)?.SetValue(_trainer, value);

    /// <summary>Adds the gradient of a batch.</summary>
    /// <param name="draws">The random numbers of another target's trainer; null to draw them.</param>
    /// <returns>The random numbers.</returns>
    public Tensor[] ComputeGradients(IReadOnlyDictionary<string, Tensor> data, Tensor[]? draws = null)
    {
        object batch = Batch(data);
        object drawn = draws is null
            ? _type.GetMethod("SampleDraws")!.Invoke(_trainer, [batch])!
            : Activator.CreateInstance(_type.GetNestedType("Draws")!, [.. draws])!;
        Remember(_type.GetMethod("ComputeGradients", [batch.GetType(), drawn.GetType()])!.Invoke(_trainer, [batch, drawn])!);
        return
        [
            .. drawn.GetType().GetProperties().Where(property => property.PropertyType == typeof(Tensor))
                .Select(property => (Tensor)property.GetValue(drawn)!),
        ];
    }

    /// <summary>Says how many samples there are to a trainer that keeps something of each.</summary>
    public void UseSamples(long samples)
    {
        foreach (string stream in (string[])["", "Unlabeled"])
            _type.GetMethod($"Use{stream}Samples")?.Invoke(_trainer, [samples]);
    }

    public void ApplyGradients() => _type.GetMethod("ApplyGradients")!.Invoke(_trainer, []);

    public void Step(IReadOnlyDictionary<string, Tensor> data)
    {
        object batch = Batch(data);
        Remember(_type.GetMethod("Step", [batch.GetType()])!.Invoke(_trainer, [batch])!);
    }

    public void Step(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> window)
    {
        var batches = Array.CreateInstance(_type.GetNestedType("Batch")!, window.Count);
        for (int i = 0; i < window.Count; i++) batches.SetValue(Batch(window[i]), i);
        var list = typeof(IReadOnlyList<>).MakeGenericType(_type.GetNestedType("Batch")!);
        Remember(_type.GetMethod("Step", [list])!.Invoke(_trainer, [batches])!);
    }

    public void Dispose()
    {
        ((IDisposable)_trainer).Dispose();
        Model.Dispose();
    }

    private static nn.Module Network(Type type, long seed)
    {
        using var generator = new torch.Generator((ulong)seed);
        return (nn.Module)Activator.CreateInstance(type, generator)!;
    }

    private object Batch(IReadOnlyDictionary<string, Tensor> data)
    {
        var type = _type.GetNestedType("Batch")!;
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => data[parameter.Name!].alias())]);
    }

    private void Remember(object losses) => Total = ((Tensor)losses.GetType().GetProperty("Total")!.GetValue(losses)!).ToDouble();
}
