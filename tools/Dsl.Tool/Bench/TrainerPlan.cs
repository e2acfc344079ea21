namespace Dsl.Bench;

/// <summary>What the numbers of a part of a batch are.</summary>
internal enum Content
{
    /// <summary>Real numbers in [0, 1): inputs, targets, probabilities of labels.</summary>
    Uniform,

    /// <summary>Whole numbers below a limit: classes, words, actions.</summary>
    Classes,

    /// <summary>Whole numbers below a limit, where there is one, that some neighbouring samples have in common.</summary>
    Runs,

    /// <summary>Numbers of each class that add up to 1.</summary>
    Distribution,

    /// <summary>Rows of a class below a limit and a box.</summary>
    Objects,

    /// <summary>Where the samples stand in their data.</summary>
    Places,

    /// <summary>Pairs of different nodes below a limit.</summary>
    Edges,

    /// <summary>How many nodes graphs have, which are a limit together.</summary>
    GraphSizes,

    /// <summary>Lengths of sequences, all of them the limit.</summary>
    Lengths,
}

/// <summary>A part of a batch.</summary>
/// <param name="Name">The member of the trainer's <c>Batch</c>.</param>
/// <param name="Sizes">Its shape.</param>
/// <param name="Content">What its numbers are.</param>
/// <param name="Limit">Of whole numbers; 0 where there is none.</param>
internal sealed record FieldPlan(string Name, long[] Sizes, Content Content, long Limit = 0)
{
    /// <summary>How many neighbouring samples have a number of <see cref="Content.Runs"/> in common.</summary>
    public long Alike { get; init; } = 1;
}

/// <summary>What is measured of a trainer, for the process that does it. This file is compiled into both.</summary>
/// <param name="Assembly">The name of the project's assembly.</param>
/// <param name="Trainer">The trainer's class.</param>
/// <param name="Model">The class of the network that it trains.</param>
/// <param name="Fields">What a batch has.</param>
/// <param name="BatchSize">Samples of a batch.</param>
internal sealed record TrainerPlan(string Assembly, string Trainer, string Model, FieldPlan[] Fields, long BatchSize)
{
    /// <summary>Batches that an update adds up; 0 where a step takes a batch.</summary>
    public int BatchesPerUpdate { get; init; }

    /// <summary>Whether steps differ from each other in what they do, so that the mean of many stands for one.</summary>
    public bool StepsDiffer { get; init; }

    /// <summary>Threads inside an operation; null for libtorch's own number.</summary>
    public int? Threads { get; init; }

    /// <summary>How long is measured, about.</summary>
    public double Seconds { get; init; }
}

/// <summary>What was measured.</summary>
/// <param name="Milliseconds">The median block's, for a step.</param>
/// <param name="Spread">Half of the distance between the quartiles of the blocks, as a share of the median.</param>
/// <param name="ManagedBytes">Managed memory that a step allocates.</param>
/// <param name="PeakBytes">How much the process grew, from before the networks were made to its highest point.</param>
/// <param name="Threads">Threads inside an operation.</param>
internal sealed record StepTimes(double Milliseconds, double Spread, double ManagedBytes, long PeakBytes, int Threads);
