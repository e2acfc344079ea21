using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>A network, and the head behind it, whose outputs are compared.</summary>
/// <param name="Head">What stands behind it; null for none.</param>
internal sealed record Embedder(Player Encoder, Player? Head);

/// <summary>Embeddings: vectors that are compared with each other.</summary>
internal sealed partial class StepContext
{
    // Below it a vector has no direction in single precision.
    private const double LeastLength = 1e-12;

    private Player? _head;

    /// <summary>The trained network, with the head that the trainer puts behind it.</summary>
    public Embedder Embedder => new(Model, _head);

    /// <summary>Puts a head behind the trained network, for everything that is compared.</summary>
    public void PutBehind(Player head) => _head = head;

    /// <summary>A moving average of the network and of its head, in training mode, with running statistics of its own.</summary>
    public Embedder AverageEmbedder(string name, string summary, string words, Scalar decay)
    {
        var encoder = Average(Model, name, summary, words, trains: true, decay, copiesBuffers: false);
        return new Embedder(encoder, _head is null ? null : Average(
            _head, name + "Head", $"The moving average of the head behind {Casing.Variable(name)}",
            $"the head behind {words}", trains: true, decay, copiesBuffers: false));
    }

    /// <summary>The embeddings of samples, [N, D], which the network is trained by.</summary>
    public Value Embed(Embedder embedder, Value input, string name) => embedder.Head is null
        ? Call(embedder.Encoder, input, name)
        : Call(embedder.Head, Call(embedder.Encoder, input, name + "Features"), name);

    /// <summary>The embeddings of samples, [N, D], constant.</summary>
    public Value AskEmbedding(Embedder embedder, Value input, string name) => embedder.Head is null
        ? Ask(embedder.Encoder, input, name)
        : Ask(embedder.Head, Ask(embedder.Encoder, input, name + "Features"), name);

    /// <summary>The samples of the data by one policy.</summary>
    public Value ViewOfData(TypeReference policy, string name) => View(Data, policy.Policy!, name);

    /// <summary>Each vector divided by its length, [N, D].</summary>
    public Value Direction(Value vectors, string name) => UnitLength.Along(Computation, vectors, 1, LeastLength, name);

    /// <summary>The cosines between the rows of two batches of vectors, [N].</summary>
    public Value Cosines(Value a, Value b, string name) => Computation.Add(
        new Sum(1), name, Computation.Add(
            new Multiply(), name + "Products", Direction(a, a.Hint + "Direction"), Direction(b, b.Hint + "Direction")));

    /// <summary>Reports how far directions are spread, and warns where they have become one.</summary>
    /// <param name="directions">Vectors of length 1, [N, D].</param>
    /// <param name="guard">What should have prevented it, in a sentence.</param>
    public void WatchSpread(Value directions, string guard)
    {
        Value spread = Computation.Add(
            new RuntimeFunction("EmbeddingSpread.Of", default, Shape.Scalar), "spread", directions);
        trainer.Reports.Add(new StepReport(
            "Spread", PartOfMean("spreadPart", spread, directions.Shape),
            "The deviation of the embeddings' directions in units of 1/√D: near 1 where they are spread, "
            + "0 where they are one point.")
        {
            Begin = $"run.WatchesSpread(\"{guard}\");",
        });
    }
}
