using Dsl.Generator.Graph;

namespace Dsl.Generator.Programs;

/// <summary>Samples that each step reads a batch of: an argument of <c>Fit</c>, with a sampler of its own.</summary>
/// <param name="Name">What it is called beside other streams: <c>Unlabeled</c>, as the argument of <c>[BatchSize]</c>; empty for
/// the first.</param>
/// <param name="Symbol">The symbol of its batch size.</param>
/// <param name="Summary">What the samples are, for the documentation of the argument.</param>
internal sealed record Stream(string Name, string Symbol, string Summary)
{
    /// <summary>The stream of the data that the network is trained on.</summary>
    public static readonly Stream Data = new("", "N", "Inputs");

    /// <summary>Inputs without labels.</summary>
    public static readonly Stream Unlabeled = new("Unlabeled", "U", "Inputs without labels; a pass over them is an epoch");

    /// <summary>A few samples whose labels are right, beside many that may not be.</summary>
    public static readonly Stream Clean = new("Clean", "C", "A few inputs with labels that are right, none of which is in data")
    {
        Source = "ILabeledDataSource",
        IsAside = true,
    };

    /// <summary>Samples of another domain than the data's.</summary>
    public static readonly Stream Targets = new("Targets", "M", "Samples of the other domain; a pass over them is an epoch")
    {
        SharesSize = true,
    };

    /// <summary>Tasks, each with samples to adapt to and samples to be judged on.</summary>
    public static readonly Stream Episodes = new("", "T", "Tasks with support and query samples") { Source = "IEpisodeSource" };

    /// <summary>What the network itself lives through while it is trained.</summary>
    public static readonly Stream Experience = new("", "N", "Where to act")
    {
        Source = "VectorEnvironment<float[], int>",
        SourceName = "environment",
    };

    /// <summary>The same, where what is done are real numbers.</summary>
    public static readonly Stream Motion = Experience with { Source = "VectorEnvironment<float[], float[]>" };

    /// <summary>A data set that objectives have for themselves.</summary>
    /// <param name="data">Its name as it is declared.</param>
    public static Stream OfObjectives(string data)
    {
        string name = char.ToUpperInvariant(data[0]) + data.Substring(1);
        return new Stream(name, name, $"Inputs and labels of {data}, read again and again")
        {
            Source = "ILabeledDataSource",
            IsAside = true,
            SharesSize = true,
        };
    }

    /// <summary>What its source is called; null for what its name says.</summary>
    public string? SourceName { get; init; }

    /// <summary>The type of its source; null for inputs, with labels where they are read.</summary>
    public string? Source { get; init; }

    /// <summary>Whether passes over it are no epochs: it is read again and again while another one is.</summary>
    public bool IsAside { get; init; }

    /// <summary>Whether its batches are as large as those of the first stream.</summary>
    public bool SharesSize { get; init; }

    /// <summary>How many samples a batch has.</summary>
    public Dim Rows => Dim.Batch(Symbol);

    /// <summary>The argument of <c>Fit</c>.</summary>
    public string Argument => SourceName ?? (Name.Length == 0 ? "data" : Variable(""));

    /// <summary>The local with its sampler.</summary>
    public string Sampler => Variable("Sampler");

    /// <summary>The local with the places of a batch's samples.</summary>
    public string Indices => Variable("Indices");

    /// <summary>The property with the number of samples in a batch.</summary>
    public string BatchSize => (SharesSize ? "" : Name) + "BatchSize";

    private string Variable(string what)
    {
        string name = Name + what;
        return char.ToLowerInvariant(name[0]) + name.Substring(1);
    }
}

/// <summary>What a step reads of each sample of a stream: a member of the generated <c>Batch</c>.</summary>
/// <param name="Name">The member: Input, Label, Unlabeled.</param>
/// <param name="Read">How <c>Fit</c> reads it, in C#.</param>
internal sealed record Field(Stream Stream, string Name, TensorType Type, string Summary, string Read)
{
    /// <summary>How many samples a batch has.</summary>
    public Dim Rows => Stream.Rows;

    /// <summary>The input of the network that it goes into as it is declared; null for anything else.</summary>
    public NetworkPort? Port { get; init; }

    /// <summary>The network that has the input; null for the trained one.</summary>
    public Player? Reader { get; init; }

    /// <summary>Whether parts of it go into the network, which takes another shape.</summary>
    public bool IsInParts { get; init; }

    /// <summary>Whether the source has it beside its inputs, under a name.</summary>
    public bool IsFurther { get; init; }

    /// <summary>How many classes labels name; 0 for what is no class.</summary>
    public int Classes { get; init; }

    /// <summary>Whether the source must have labels.</summary>
    public bool IsLabel { get; init; }

    /// <summary>Whether every sample must have a label.</summary>
    public bool IsComplete { get; init; }

    /// <summary>What is asked of it beside its type, a statement; null for nothing.</summary>
    public string? Requirement { get; init; }

    /// <summary>What <c>Fit</c> makes before it reads the first batch, as a statement; null for nothing.</summary>
    public string? Preparation { get; init; }
}
