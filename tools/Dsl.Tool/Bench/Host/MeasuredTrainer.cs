using System.Globalization;
using System.Reflection;
using Bench;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Dsl.Bench;

/// <summary>A trainer of the project with its networks. Members are found by their names, since classes of a program are seldom
/// public; a step itself is a delegate that costs nothing beside it.</summary>
internal sealed class MeasuredTrainer(TrainerPlan plan, Assembly project)
{
    // Batches come from memory, not from the processor's cache of one; of large ones fewer will do.
    private const int MostBatches = 16, FewestBatches = 2;
    private const long BytesOfBatches = 256 << 20;

    // Exceptions come out as they were thrown.
    private const BindingFlags Call = BindingFlags.DoNotWrapExceptions;

    // Of an epoch: schedules in epochs ask for it.
    private const long StepsPerEpoch = 1000;

    private readonly Type _type = project.GetType(plan.Trainer, throwOnError: true)!;

    public StepTimes Measure()
    {
        if (plan.Threads is { } threads) set_num_threads(threads);
        manual_seed(1);
        var batches = Batches();
        long before = ResidentMemory.StartPeak();
        using var trainer = Create();
        Prepare(trainer, batches);
        var argument = plan.BatchesPerUpdate > 0 ? typeof(IReadOnlyList<>).MakeGenericType(batches.GetType().GetElementType()!)
            : batches.GetType().GetElementType()!;
        var step = _type.GetMethod("Step", [argument])!;
        var measure = typeof(StepTimer).GetMethod(nameof(StepTimer.Measure))!.MakeGenericMethod(argument, step.ReturnType);
        var call = step.CreateDelegate(typeof(Func<,>).MakeGenericType(argument, step.ReturnType), trainer);
        var (milliseconds, spread, bytes) = ((double, double, double))measure.Invoke(
            null, Call, null, [call, plan.BatchesPerUpdate > 0 ? Windows(batches, argument) : batches, plan], null)!;
        return new StepTimes(milliseconds, spread, bytes, ResidentMemory.Peak() - before, get_num_threads());
    }

    private Array Batches()
    {
        var type = _type.GetNestedType("Batch")!;
        var constructor = type.GetConstructors().Single();
        long bytes = plan.Fields.Sum(field => 8 * field.Sizes.Aggregate(1L, (product, size) => product * size));
        int count = (int)Math.Clamp(BytesOfBatches / bytes, FewestBatches, MostBatches);
        var batches = Array.CreateInstance(type, count);
        for (int i = 0; i < count; i++)
        {
            object[] parts = [.. plan.Fields.Select(field => SyntheticNumbers.Draw(field, i))];
            batches.SetValue(constructor.Invoke(Call, null, parts, null), i);
        }

        return batches;
    }

    private Array Windows(Array batches, Type window)
    {
        var windows = Array.CreateInstance(window, batches.Length);
        for (int i = 0; i < windows.Length; i++)
        {
            var parts = Array.CreateInstance(batches.GetType().GetElementType()!, plan.BatchesPerUpdate);
            for (int j = 0; j < parts.Length; j++)
                parts.SetValue(batches.GetValue(((i * parts.Length) + j) % batches.Length), j);
            windows.SetValue(parts, i);
        }

        return windows;
    }

    private Trainer Create()
    {
        var constructor = _type.GetConstructors().Single();
        return (Trainer)constructor.Invoke(Call, null, [.. constructor.GetParameters().Select(parameter =>
            parameter.HasDefaultValue ? parameter.DefaultValue : Network(parameter.ParameterType))], null);
    }

    private object Network(Type type)
    {
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var ensemble = Array.CreateInstance(type.GetGenericArguments()[0], 1);
            ensemble.SetValue(Network(type.GetGenericArguments()[0]), 0);
            return ensemble;
        }

        // Whatever network it takes: a second one of the trained kind.
        var network = type.IsAbstract ? project.GetType(plan.Model, throwOnError: true)! : type;
        return network.GetConstructor([])!.Invoke(Call, null, [], null);
    }

    // What Fit does before its first step.
    private void Prepare(Trainer trainer, Array batches)
    {
        trainer.StepsPerEpoch = StepsPerEpoch;
        if (_type.GetProperty("BatchSize") is { } size)
        {
            object samples = Convert.ChangeType(plan.BatchSize, size.PropertyType, CultureInfo.InvariantCulture);
            size.SetValue(trainer, samples, Call, null, null, null);
        }

        foreach (var places in plan.Fields.Where(field => field.Content == Content.Places))
        {
            string stream = places.Name[..^"Index".Length];
            _type.GetMethod($"Use{stream}Samples")?.Invoke(trainer, Call, null, [places.Sizes[0] * batches.Length], null);
        }

        // As if the data had as many samples of each class.
        if (_type.GetMethod("CountClasses") is not { } count) return;
        long classes = plan.Fields.First(field => field.Name == "Label").Limit;
        using var data = new InMemoryData(zeros(classes, 1), arange(classes, ScalarType.Int64));
        count.Invoke(trainer, Call, null, [data], null);
    }
}
