using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Several networks of one declaration as one classifier, which owns them: it is asked, evaluated, calibrated and saved like one
/// network, and teaches like one.
/// </summary>
/// <remarks>Its logits are the logarithm of the mean probabilities. Memory and time are those of all members, which are asked one
/// after the other, in evaluation mode whatever mode they are in.</remarks>
/// <typeparam name="TNetwork">The members' declaration; they return logits [N, K], [N, T, K] or [N, K, H, W].</typeparam>
public sealed class Ensemble<TNetwork> : nn.Module<Tensor, Tensor>, ISampledNetwork, IEnsemble<TNetwork>
    where TNetwork : nn.Module<Tensor, Tensor>
{
    private const string VoteKey = "dsl.vote";

    private static readonly MemberFile<TNetwork> File = new("dsl.ensemble", "ensemble", "weights");

    private readonly TNetwork[] _members;
    private double[] _weights;

    /// <summary>An ensemble, which takes the networks over.</summary>
    /// <param name="members">At least one.</param>
    /// <param name="weights">A weight of each, at least 0 and one above; null where all weigh alike. Those of probabilities are
    /// divided by their sum.</param>
    /// <param name="vote">How they become one.</param>
    /// <exception cref="ArgumentException">There is none, one stands in it twice, or weights do not fit.</exception>
    public Ensemble(
        IReadOnlyList<TNetwork> members, IReadOnlyList<double>? weights = null, EnsembleVote vote = EnsembleVote.Probabilities)
        : base("Ensemble")
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0) throw new ArgumentException("An ensemble has at least one network.", nameof(members));
        if (members.Distinct(ReferenceEqualityComparer.Instance).Count() < members.Count)
            throw new ArgumentException("A network stands in an ensemble once: train each anew.", nameof(members));
        double[] all = [.. weights ?? [.. members.Select(_ => 1.0)]];
        if (all.Length != members.Count || all.Any(weight => !(weight >= 0 && double.IsFinite(weight))) || all.Sum() == 0)
        {
            throw new ArgumentException(
                $"The weights of {members.Count} networks are [{string.Join(", ", all)}]: give each one of at least 0, and "
                + "one of them above.", nameof(weights));
        }

        double sum = vote == EnsembleVote.Probabilities ? all.Sum() : 1;
        (_members, _weights, Vote) = ([.. members], [.. all.Select(weight => weight / sum)], vote);
    }

    /// <summary>The networks, which are freed with the ensemble.</summary>
    public IReadOnlyList<TNetwork> Members => _members;

    /// <summary>The weight of each; of probabilities they add up to 1.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>How the members become one.</summary>
    public EnsembleVote Vote { get; }

    /// <summary>Reads an ensemble of a file.</summary>
    /// <param name="path">What <see cref="Save"/> wrote.</param>
    /// <param name="create">Makes a network of the declaration; its values are replaced.</param>
    /// <exception cref="InvalidDataException">The file is damaged, holds no ensemble, or one of another declaration of model or
    /// data set; the message says what differs.</exception>
    public static Ensemble<TNetwork> Load(string path, Func<TNetwork> create) =>
        File.Read(path, create, weights => weights.numel(), (members, weights, metadata) =>
            Enum.TryParse(metadata.GetValueOrDefault(VoteKey), out EnsembleVote vote)
                ? new Ensemble<TNetwork>(members, EmbeddingRows.ToArray<double>(weights), vote)
                : throw new InvalidDataException(
                    $"{path} does not say how the members of its ensemble become one: it has no '{VoteKey}'."));

    /// <summary>Writes all members and their weights to one safetensors file, in a folder that is created when there is none;
    /// of models for a table or images also each member's statistics, and what the data set is declared as.</summary>
    /// <param name="path">The file; it is replaced as a whole, or not at all.</param>
    /// <exception cref="InvalidOperationException">A member holds NaN or infinity, or was not trained on its data
    /// set.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        using var weights = TensorMemory.Filled<double>(_weights, ScalarType.Float64, _weights.Length);
        File.Write(path, _members, weights, new Dictionary<string, string> { [VoteKey] = Vote.ToString() });
    }

    /// <summary>
    /// Weighs the members by how likely each makes other samples: w_m ∝ exp(Σ log p_m(y|x)), Bayes' rule with equal prior
    /// probabilities (Bayesian voting; Dietterich 2000, Multiple Classifier Systems, section 2.1).
    /// </summary>
    /// <remarks>With many samples one member has all of the weight, though all may be alike: Bayes' rule asks which one is true,
    /// and not what mixture predicts best. A <paramref name="temper"/> below 1 keeps more of them.</remarks>
    /// <param name="validation">Samples that no member was trained on, with classes.</param>
    /// <param name="device">Where the members live; null for the CPU.</param>
    /// <param name="temper">A factor of the log likelihoods, above 0.</param>
    /// <exception cref="InvalidOperationException">The members vote for classes.</exception>
    public void WeighByLikelihood(ILabeledDataSource validation, Device? device = null, double temper = 1)
    {
        if (!(temper > 0 && double.IsFinite(temper)))
            throw new ArgumentOutOfRangeException(nameof(temper), temper, "A factor of likelihoods is above 0.");
        if (Vote != EnsembleVote.Probabilities)
            throw new InvalidOperationException("Members that vote for classes have no likelihoods: their votes stay.");
        double[] logs =
        [
            .. _members.Select(member =>
            {
                using var predictions = LabelledLogits.Of(member, validation, device);
                return -temper * predictions.Loss * predictions.Count;
            }),
        ];
        _weights = OutputProbability.Softmax(logs);
    }

    /// <inheritdoc/>
    public Tensor Sample(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return stack(_members.Select(member => member.Predict(input))).MoveToOuterDisposeScope();
    }

    /// <summary>Logits: the logarithm of the mean probabilities, or what votes say.</summary>
    /// <param name="input">A batch [N, ...].</param>
    /// <returns>In the shape and type of one member's logits; the caller frees them.</returns>
    public override Tensor forward(Tensor input)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor logits = Sample(input);
        int place = ClassLabels.Dimension(logits[0]) + 1;
        using Tensor weights = TensorMemory.Filled<double>(_weights, ScalarType.Float64, _weights.Length);
        Tensor each = weights.reshape([_weights.Length, .. Enumerable.Repeat(1L, (int)logits.dim() - 1)]).to(logits.device);
        if (Vote == EnsembleVote.Probabilities)
        {
            Tensor logs = Aten.add(logits.to_type(ScalarType.Float64).log_softmax(place), each.log());
            return logs.logsumexp(0).to_type(logits.dtype).MoveToOuterDisposeScope();
        }

        long classes = logits.size(place);
        Tensor said = zeros_like(logits, ScalarType.Float64).scatter(
            place, logits.argmax(place, keepdim: true), ones_like(logits, ScalarType.Float64));

        // 1 for what was voted for, −1/(K − 1) for the others.
        Tensor votes = Aten.sub(Aten.mul(said, classes / (classes - 1.0)), 1 / (classes - 1.0));
        return Aten.div(votes.mul(each).sum([0L]), classes - 1.0).to_type(logits.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            foreach (var member in _members) member.Dispose();
        base.Dispose(disposing);
    }
}
