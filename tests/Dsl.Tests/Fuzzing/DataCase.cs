using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>One call of a public door with bad data, and what came of it.</summary>
internal sealed class DataCase
{
    private static readonly string[] Doors =
    [
        "Step", "Step", "Step", "Predict", "SampleDraws", "Evaluate", "Fit", "Fit", "InMemoryData", "Count", "Null", "Resume",
        "StepDrawn",
    ];

    private readonly Random _random;
    private readonly Generator _generator;
    private readonly Subject _subject;
    private readonly List<string> _told = [];
    private Fate _fate = Fate.Same;
    private bool _hasNoLabel;

    private DataCase(Subject subject, int seed, int number)
    {
        _random = new Random(HashCode(seed, number));
        _generator = new Generator((ulong)_random.Next());
        _subject = subject;
        Door = Doors[_random.Next(Doors.Length)];
    }

    /// <summary>The public door.</summary>
    public string Door { get; }

    /// <summary>Runs a case.</summary>
    /// <param name="subject">The trainer.</param>
    /// <param name="pair">Two of it in one state, which they are in again afterwards; disposed and replaced where they are
    /// not.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="number">The case's.</param>
    /// <returns>Whether the data were refused, and what does not hold; null where all does.</returns>
    public static (bool IsRefused, string? Failure) Run(Subject subject, TrainerPair pair, int seed, int number)
    {
        using var scope = NewDisposeScope();
        var item = new DataCase(subject, seed, number);
        using var generator = item._generator;
        Exception? error = null;
        string? failure;
        try
        {
            failure = item.Call(pair, out error);
        }
        catch (Exception unexpected)
        {
            failure = $"the check itself ended with {unexpected}";
            pair.Renew();
        }

        failure ??= error is null ? null : Verdict.Objection(error) is { } objection ? $"the error is {objection}" : null;
        if (failure is null) return (error is not null, null);
        pair.Renew();
        return (false, $"case {number}: {subject}.{item.Door}, {string.Join(", ", item._told)}: {failure}"
            + (error is null ? "" : $"\n  {error.GetType().Name}: {error.Message.Split('\n')[0]}\n{Top(error)}"));
    }

    private static string Top(Exception error) => string.Join("\n", (error.StackTrace ?? "").Split('\n').Take(6));

    private static int HashCode(int seed, int number) =>
        unchecked((int)(((uint)seed * 2654435761u) ^ ((uint)number * 2246822519u)));

    private string? Call(TrainerPair pair, out Exception? error) => Door switch
    {
        "Step" => Step(pair, out error),
        "Predict" => Predict(pair, out error),
        "SampleDraws" => Draw(pair, out error),
        "Evaluate" => Evaluate(pair, out error),
        "InMemoryData" => InMemory(pair, out error),
        "Count" => Count(pair, out error),
        "Null" => Null(pair, out error),
        "Resume" => Resume(pair, out error),
        "StepDrawn" => StepDrawn(pair, out error),
        _ => Fit(pair, out error),
    };

    private string? Step(TrainerPair pair, out Exception? error)
    {
        var batch = Batch(out var plain);
        Tensor? loss = null;
        error = Catch(() => loss = pair.First.Step(batch));
        if (error is not null) return pair.Compare();
        if (_fate == Fate.Refused) return "was accepted";
        if (_fate == Fate.Extreme && (!IsFinite(loss!) || pair.NotFinite() is not null))
        {
            pair.Renew();
            return null;
        }

        if (!IsFinite(loss!) && !_hasNoLabel) return "the loss is not finite";
        if (pair.NotFinite() is { } name) return $"'{name}' is not finite";
        pair.Second.Step(plain);

        // A graph that the user's tensor has is not the trainer's: it can be used again.
        if (_told.Any(told => told.Contains("gradient", StringComparison.Ordinal)))
        {
            pair.First.Step(batch);
            pair.Second.Step(plain);
        }

        return pair.Compare(1e-4);
    }

    private string? Predict(TrainerPair pair, out Exception? error)
    {
        var slots = _subject.Inputs.ToArray();
        var batch = Batch(out var plain);
        var inputs = Pick(batch);
        Tensor? output = null;
        error = Catch(() => output = pair.First.Predict(inputs));
        if (error is null)
        {
            using var other = pair.Second.Predict(Pick(plain));
            if (_fate == Fate.Same && !output!.allclose(other, 1e-4, 1e-5)) return "another prediction than of a plain copy";
            if (_fate == Fate.Either && !IsFinite(output!)) return "the prediction is not finite";
        }

        return pair.Compare();

        Tensor?[] Pick(Tensor?[] all) => [.. slots.Select(slot => all[Array.IndexOf(_subject.Slots, slot)])];
    }

    private string? Draw(TrainerPair pair, out Exception? error)
    {
        var batch = Batch(out _);
        error = Catch(() => pair.First.Draw(batch).Dispose());
        return pair.Compare();
    }

    private string? Evaluate(TrainerPair pair, out Exception? error)
    {
        var (data, _) = Sources();
        IEvaluation? evaluation = null;
        error = Catch(() => evaluation = pair.First.Evaluate(data));
        bool isFinite = evaluation is null
            || evaluation.Metrics.All(metric => double.IsFinite(metric.Value) || MayBeNone(metric.Name));

        // Numbers that are none give a loss that is none, which tells.
        bool tells = evaluation is not null && !double.IsFinite(evaluation.Loss);
        if (!isFinite && !(tells && _fate is Fate.Extreme or Fate.Refused)) return $"it says {evaluation}";
        return pair.Compare();

        static bool MayBeNone(string metric) => metric is "determination" or "precision" or "recall";
    }

    private string? Fit(TrainerPair pair, out Exception? error)
    {
        var (data, unlabeled) = Sources();
        return Fit(pair, data, unlabeled, out error);
    }

    private string? Fit(TrainerPair pair, FuzzedData data, FuzzedData unlabeled, out Exception? error)
    {
        pair.Renew();
        var raised = error = Catch(() => pair.First.Fit(data, unlabeled, new Watcher(long.MaxValue)));
        string? failure = null;
        if (raised is null or DivergedException)
        {
            if (raised is null && pair.NotFinite() is { } name) failure = $"'{name}' is not finite";
            if (raised is not null && _fate is not Fate.Extreme) failure = "the run diverged";
        }
        else
        {
            // As a run that somebody ended after the same step; legal data that were refused later have trained.
            long steps = pair.First.StepCount();
            var (good, more) = Good();
            if (steps > 0 && _fate != Fate.Refused)
            {
                failure = pair.NotFinite();
                pair.Renew();
                return failure;
            }

            if (steps > 0 && Catch(() => pair.Second.Fit(good, more, new Watcher(steps))) is not (null or SourceException))
                failure = "a good run ended otherwise";
            failure ??= pair.Compare();
        }

        pair.Renew();
        return failure;
    }

    private string? InMemory(TrainerPair pair, out Exception? error)
    {
        var batch = Batch(out _);
        error = Catch(() =>
        {
            using var memory = new InMemoryData(batch[0]!, batch[Array.FindIndex(_subject.Slots, slot => slot.Name == "label")]!);
            if (_subject.Slots is [_, { Kind: SlotKind.Real }, _]) memory.With("gate", batch[1]!);
            using var indices = arange(memory.Count, ScalarType.Int64);
            memory.Subset(indices).Dispose();
        });
        return pair.Compare();
    }

    private string? Count(TrainerPair pair, out Exception? error)
    {
        var parts = Parts();
        long number = new[] { 0, -1, 1, 7, 100, long.MinValue, long.MaxValue, 1L << 40, 1L << 60 }[_random.Next(9)];
        bool changes = _random.Next(3) == 0, isOfUnlabeled = parts.More.Count > 0 && _random.Next(2) == 0;
        Func<int, long> told = asked => !changes || asked > 0 ? number : parts.Labeled.First().Value.size(0);
        _told.Add($"the {(isOfUnlabeled ? "unlabeled" : "labeled")} data tell {number} samples"
            + (changes ? " after the first time" : ""));
        _fate = Fate.Either;
        var data = new FuzzedData(parts.Labeled) { Told = isOfUnlabeled ? null : told };
        var unlabeled = new FuzzedData(parts.More) { Told = isOfUnlabeled ? told : null };
        if (_random.Next(2) == 0 || number > 100) return Fit(pair, data, unlabeled, out error);
        error = Catch(() => pair.First.Evaluate(data));
        return pair.Compare();
    }

    private string? Null(TrainerPair pair, out Exception? error)
    {
        var doors = pair.First.WithNull;
        int door = _random.Next(doors.Length);
        _told.Add($"door {door}");
        error = Catch(doors[door]);
        return error is null ? "was accepted" : pair.Compare();
    }

    // Whatever the batch has done, the trainer is again what was saved.
    private string? Resume(TrainerPair pair, out Exception? error)
    {
        var batch = Batch(out _);
        string path = Path.Combine(Path.GetTempPath(), $"dsl-fuzz-{Guid.NewGuid():n}.safetensors");
        try
        {
            pair.First.Save(path);
            error = Catch(() => pair.First.Step(batch));
            pair.First.Resume(path);
            return pair.Compare();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private string? StepDrawn(TrainerPair pair, out Exception? error)
    {
        error = null;
        if (pair.First.StepDrawn is null) return null;
        long samples = _random.Next(1, 6), others = _random.Next(1, 6);
        _told.Add($"a batch of {samples} with the numbers of one of {others}");
        Tensor[] batch = Of(samples), other = Of(others);
        error = Catch(() => pair.First.StepDrawn(batch, other));
        if (error is not null) return samples == others && samples > 1 ? $"was refused: {error.Message}" : pair.Compare();
        if (samples != others) return "was accepted";
        pair.Second.Step(batch);
        return pair.Compare();

        Tensor[] Of(long count) => [.. _subject.Slots.Select(slot => slot.Good(_generator, count))];
    }

    private Tensor?[] Batch(out Tensor[] plain)
    {
        long samples = _random.Next(3, 7), others = _random.Next(3, 7);
        plain = [.. _subject.Slots.Select(slot => slot.Good(_generator, slot.IsLabeled ? samples : others))];
        Tensor?[] batch = [.. plain];
        int spoiled = _random.Next(6) == 0 ? 2 : 1;
        for (int i = 0; i < spoiled; i++)
        {
            int place = _random.Next(batch.Length);
            if (!ReferenceEquals(batch[place], plain[place])) continue;
            var spoiling = Choose(_subject.Slots[place]);
            batch[place] = spoiling(plain[place]);
        }

        if (_fate != Fate.Refused) plain = [.. batch.Select(part => part!.detach().clone().contiguous())];
        return batch;
    }

    private Func<Tensor, Tensor?> Choose(Slot slot)
    {
        var spoiling = Spoiling.Choose(slot, _random);
        int number = _random.Next(1000);
        _told.Add($"{slot.Name}: {spoiling.Name}");
        _hasNoLabel |= spoiling.LeavesNoLabel;

        // The number of samples without labels is free.
        var fate = !slot.IsLabeled && spoiling.Name.Contains(" row", StringComparison.Ordinal) && spoiling.Fate == Fate.Refused
            ? Fate.Either : spoiling.Fate;
        if (fate > _fate) _fate = fate;
        return good => spoiling.Apply(slot, good, number);
    }

    private (FuzzedData Data, FuzzedData Unlabeled) Sources()
    {
        var parts = Parts();
        var slot = _subject.Slots[_random.Next(_subject.Slots.Length)];
        var spoil = _random.Next(8) switch
        {
            0 => Throw,
            1 => Again(),
            _ => Choose(slot),
        };
        int first = _random.Next(3);
        _told.Add($"from read {first} on");
        return (
            new FuzzedData(parts.Labeled) { Spoiled = slot.Name, FirstSpoiled = first, Spoil = spoil },
            new FuzzedData(parts.More) { Spoiled = slot.Name, FirstSpoiled = first, Spoil = spoil });

        Tensor? Throw(Tensor good)
        {
            _fate = Fate.Refused;
            throw new SourceException();
        }

        Func<Tensor, Tensor?> Again()
        {
            Tensor? kept = null;
            _told.Add($"{slot.Name}: the same tensor again and again");
            _fate = Fate.Either;
            return good => kept ??= good;
        }
    }

    private (FuzzedData Data, FuzzedData Unlabeled) Good()
    {
        var parts = Parts();
        return (new FuzzedData(parts.Labeled), new FuzzedData(parts.More));
    }

    // The same numbers whenever they are asked for.
    private (Dictionary<string, Tensor> Labeled, Dictionary<string, Tensor> More) Parts()
    {
        using var generator = new Generator(9);
        var all = _subject.Slots.Select(slot => (slot, slot.Good(generator, slot.IsLabeled ? 7 : 9))).ToArray();
        return (
            all.Where(part => part.slot.IsLabeled).ToDictionary(part => part.slot.Name, part => part.Item2),
            all.Where(part => !part.slot.IsLabeled).ToDictionary(part => part.slot.Name, part => part.Item2));
    }

    private static bool IsFinite(Tensor tensor) => tensor.isfinite().all().ToBoolean();

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    /// <summary>Ends a run after a step.</summary>
    private sealed class Watcher(long last) : ITrainingProgress
    {
        public void Started(TrainingRun run)
        {
        }

        public void Stepped(long step, Tensor loss)
        {
            if (step >= last) throw new SourceException();
        }

        public void Finished(TrainingReport report)
        {
        }
    }
}
