using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>Two trainers in one state: the first is given bad data, the second is not.</summary>
internal sealed class TrainerPair : IDisposable
{
    private readonly Subject _subject;
    private readonly Tensor[] _batch;

    public TrainerPair(Subject subject)
    {
        _subject = subject;
        using var generator = new Generator(5);
        _batch = [.. subject.Slots.Select(slot => slot.Good(generator, 4).DetachFromDisposeScope())];
        (First, Second) = (_subject.Start(), _subject.Start());
    }

    public Live First { get; private set; }

    public Live Second { get; private set; }

    /// <summary>Two new ones.</summary>
    public void Renew()
    {
        First.Dispose();
        Second.Dispose();
        (First, Second) = (_subject.Start(), _subject.Start());
    }

    /// <summary>How the two differ, now or after a good step of each; null where they do not.</summary>
    /// <param name="tolerance">How much numbers may differ; null for not at all.</param>
    public string? Compare(double? tolerance = null)
    {
        string? difference = Difference(tolerance) is { } now ? $"{now} has changed" : null;
        if (difference is null)
        {
            First.Step(_batch);
            Second.Step(_batch);
            difference = Difference(tolerance) is { } then ? $"{then} is another one after a good step" : NotFinite();
        }

        if (difference is not null || tolerance is not null || First.StepCount() > 50) Renew();
        return difference;
    }

    /// <summary>A part of the first one's state that is not finite.</summary>
    public string? NotFinite() =>
        First.State().Where(part => part.Value.is_floating_point() && !part.Value.isfinite().all().ToBoolean())
            .Select(part => part.Name).FirstOrDefault();

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        foreach (var part in _batch) part.Dispose();
    }

    private string? Difference(double? tolerance)
    {
        if (First.StepCount() != Second.StepCount()) return "the number of steps";
        foreach (var ((name, one), (_, other)) in First.State().Zip(Second.State()))
        {
            bool equal = tolerance is { } allowed ? one.allclose(other, allowed, allowed) : one.Equals(other);
            if (!equal) return $"'{name}'";
        }

        return null;
    }
}
