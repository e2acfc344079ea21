using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>Random numbers of a step.</summary>
/// <param name="Name">The member of the generated <c>Draws</c>.</param>
/// <param name="Rows">For how many samples; null for those of a whole batch.</param>
/// <param name="Summary">What they are, with their shape, for the documentation of the member.</param>
internal abstract record DrawnNumbers(string Name, Dim? Rows, string Summary)
{
    public abstract TensorType Type { get; }

    /// <summary>The call of <c>DrawSampler</c>.</summary>
    /// <param name="samples">The batch size as a C# expression.</param>
    public abstract string Sample(string samples);

    /// <summary>The shape [N, columns], or [N] for none.</summary>
    protected Shape PerSample(long columns) => columns == 0 ? Shape.Of(Rows!.Value) : Shape.Of(Rows!.Value, columns);

    protected static string Sizes(string samples, long columns) =>
        columns == 0 ? samples : $"{samples}, {Spelling.Join(columns)}";
}

/// <summary>Integers drawn uniformly from [0, Bound), [N, Columns].</summary>
internal sealed record DrawnIntegers(string Name, Dim? Rows, long Columns, long Bound, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(Columns), ElementType.Int64);

    public override string Sample(string samples) => $"Integers({Spelling.Join(Bound)}, {Sizes(samples, Columns)})";
}

/// <summary>Integers from 0 on drawn in proportion to a power of counts, [N, Columns].</summary>
/// <param name="Counts">The counts, a C# expression.</param>
internal sealed record DrawnByCounts(string Name, Dim? Rows, long Columns, string Counts, Scalar Exponent, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(Columns), ElementType.Int64);

    public override string Sample(string samples) => $"ByCounts({Counts}, {Exponent.Code}, {Sizes(samples, Columns)})";
}

/// <summary>Places of samples in their data, drawn uniformly, [N, Columns].</summary>
/// <param name="Count">How many samples there are, a C# expression.</param>
internal sealed record DrawnPlaces(string Name, Dim? Rows, long Columns, string Count, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(Columns), ElementType.Int64);

    public override string Sample(string samples) => $"Integers({Count}, {Sizes(samples, Columns)})";
}

/// <summary>Numbers drawn uniformly from [Low, High), [N, Columns]; [N] for no columns.</summary>
internal sealed record DrawnReals(string Name, Dim? Rows, long Columns, Scalar Low, Scalar High, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(Columns));

    public override string Sample(string samples) => $"Uniform({Low.Code}, {High.Code}, {Sizes(samples, Columns)})";
}

/// <summary>Numbers of the standard normal distribution, for each sample of the shape that is given without its batch.</summary>
/// <param name="Networks">For each of so many networks, [N, M, ...]: a C# expression; null for no such dimension.</param>
internal sealed record DrawnNormals(string Name, Dim? Rows, Shape OfSample, string Summary, string? Networks = null)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type =>
        new(new Shape(new([Rows!.Value, .. Networks is null ? [] : new[] { Dim.Batch("M") }, .. OfSample.Dims])));

    public override string Sample(string samples) =>
        $"Normal({samples}, {(Networks is null ? "" : Networks + ", ")}{string.Join(", ", OfSample.Dims)})";
}

/// <summary>Events that happen with a probability, for each sample and each of several networks, bool, [N, M].</summary>
/// <param name="Networks">How many, a C# expression.</param>
internal sealed record DrawnEventsOfNetworks(string Name, Dim? Rows, string Networks, Scalar Probability, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(Shape.Of(Rows!.Value, Dim.Batch("M")), ElementType.Bool);

    public override string Sample(string samples) => $"Events({Probability.Code}, {samples}, {Networks})";
}

/// <summary>Events that happen with a probability, bool, [N, Columns]; [N] for no columns.</summary>
internal sealed record DrawnEvents(string Name, Dim? Rows, long Columns, Scalar Probability, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(Columns), ElementType.Bool);

    public override string Sample(string samples) => $"Events({Probability.Code}, {Sizes(samples, Columns)})";
}

/// <summary>The samples of a batch in random order, [N].</summary>
internal sealed record DrawnPermutation(string Name, Dim? Rows, string Summary) : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(0), ElementType.Int64);

    public override string Sample(string samples) => $"Permutation({samples})";
}

/// <summary>One number of the beta distribution for the whole batch, without dimensions.</summary>
internal sealed record DrawnBeta(string Name, Scalar Alpha, Scalar Beta, string Summary) : DrawnNumbers(Name, null, Summary)
{
    public override TensorType Type => new(Shape.Scalar);

    public override string Sample(string samples) => $"Beta({Alpha.Code}, {Beta.Code})";
}

/// <summary>A number of the beta distribution for each sample, [N].</summary>
internal sealed record DrawnBetas(string Name, Dim? Rows, Scalar Alpha, Scalar Beta, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(0));

    public override string Sample(string samples) => $"Betas({Alpha.Code}, {Beta.Code}, {samples})";
}

/// <summary>Positive weights of sum 1 for each sample, of the Dirichlet distribution with equal parameters, [N,
/// Weights].</summary>
internal sealed record DrawnWeights(string Name, Dim? Rows, long Weights, Scalar Alpha, string Summary)
    : DrawnNumbers(Name, Rows, Summary)
{
    public override TensorType Type => new(PerSample(Weights));

    public override string Sample(string samples) => $"Dirichlet({Alpha.Code}, {samples}, {Spelling.Join(Weights)})";
}

/// <summary>One integer drawn uniformly from [0, Bound) for the whole batch, without dimensions.</summary>
internal sealed record DrawnInteger(string Name, long Bound, string Summary) : DrawnNumbers(Name, null, Summary)
{
    public override TensorType Type => new(Shape.Scalar, ElementType.Int64);

    public override string Sample(string samples) => $"Integers({Spelling.Join(Bound)})";
}

/// <summary>An event that happens to the whole batch with a probability, bool, without dimensions.</summary>
internal sealed record DrawnEvent(string Name, Scalar Probability, string Summary) : DrawnNumbers(Name, null, Summary)
{
    public override TensorType Type => new(Shape.Scalar, ElementType.Bool);

    public override string Sample(string samples) => $"Events({Probability.Code})";
}
