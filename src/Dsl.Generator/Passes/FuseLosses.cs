using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Passes;

/// <summary>
/// Computes a loss and its gradient at once: a squared error or Huber's; and a cross-entropy with labels, or a divergence from
/// probabilities, where nothing else reads the log-probabilities, since the gradient is made of the exponentials that the loss
/// takes.
/// </summary>
internal sealed class FuseLosses
{
    private readonly Computation _computation;
    private readonly Value _seed;
    private readonly IReadOnlyCollection<Value> _roots;
    private readonly Dictionary<Value, Value> _replaced = [];
    private readonly HashSet<Node> _gone = [];

    private FuseLosses(Computation computation, Value seed, IReadOnlyCollection<Value> roots) =>
        (_computation, _seed, _roots) = (computation, seed, roots);

    /// <param name="seed">The total's gradient, which is 1.</param>
    /// <param name="roots">Values that are read outside of the computation.</param>
    public static void Run(Computation computation, Value seed, IReadOnlyCollection<Value> roots)
    {
        var pass = new FuseLosses(computation, seed, roots);
        foreach (var node in computation.Nodes.ToList())
        {
            pass.FuseLikelihood(node);
            pass.FuseDivergence(node);
            pass.FuseElementwise(node);
        }

        // What nobody reads any more is dropped with everything dead.
        computation.Replace(computation.Nodes.Where(node => !pass._gone.Contains(node)));
        foreach (var node in computation.Nodes)
            node.Inputs = node.Inputs.Select(input => pass._replaced.TryGetValue(input, out var unit) ? unit : input).ToList();
    }

    private void FuseLikelihood(Node node)
    {
        if (node.Operation is not NegativeLogLikelihood { Reduced: not Reduced.None } likelihood) return;
        Value logProbabilities = node.Inputs[0], total = node.Outputs[1];
        if (!IsOfRows(logProbabilities) || _roots.Contains(total)) return;
        var readers = Readers(logProbabilities, node);
        if (readers.Count != 2 || Find<LogSoftmaxBackward>(readers) is not { } ofSoftmax
            || Find<NegativeLogLikelihoodBackward>(readers) is not { } ofLikelihood || ofLikelihood.Inputs[3] != total
            || Readers(total).Count != 1 || !IsStep(ofLikelihood.Output, ofSoftmax)) return;
        node.Become(
            new CrossEntropyAndGradient(likelihood.Reduced), [logProbabilities.Producer.Inputs[0], .. node.Inputs.Skip(1)]);
        _gone.Add(ofLikelihood);
        PassOn(node, ofSoftmax, ofLikelihood.Inputs[0]);
    }

    // Σ over the classes of a divergence; the gradient of each row's sum comes back repeated for all of them.
    private void FuseDivergence(Node node)
    {
        if (node.Operation is not Sum { Dimension: 1 } || node.Inputs[0].Producer is not { Operation: Divergence } terms) return;
        Value logProbabilities = terms.Inputs[0];
        if (!IsOfRows(logProbabilities) || _roots.Contains(terms.Output)) return;
        var readers = Readers(logProbabilities, terms);
        var ofTerms = Readers(terms.Output, node);
        if (readers.Count != 1 || Find<LogSoftmaxBackward>(readers) is not { } ofSoftmax
            || ofTerms.Count != 1 || Find<ExpandAs>(ofTerms) is not { } expanded
            || expanded.Inputs[0].Producer is not { Operation: Unsqueeze { Dimension: 1 } }) return;
        Value slope = ofSoftmax.Inputs[0];
        if (slope.Producer is not { Operation: Scale { Factor: Scalar.Constant { Value: -1 } } } negated
            || !IsStep(slope, ofSoftmax) || negated.Inputs[0].Producer is not { Operation: Multiply } weighted
            || !IsStep(weighted.Output, negated) || weighted.Inputs[0] != expanded.Output
            || weighted.Inputs[1] != terms.Inputs[1] || !IsStep(expanded.Output, weighted)) return;
        node.Become(new DivergenceAndGradient(), logProbabilities.Producer.Inputs[0], terms.Inputs[1]);
        foreach (var step in new[] { terms, expanded, weighted, negated }) _gone.Add(step);
        PassOn(node, ofSoftmax, expanded.Inputs[0]);
    }

    private void FuseElementwise(Node node)
    {
        if (node.Operation is not ElementwiseLoss { Reduced: not Reduced.None } loss) return;
        var derivatives = Readers(node.Inputs[0]).Where(
            reader => reader.Operation is ElementwiseLossBackward derivative && derivative.Function == loss.Gradient
                && derivative.Reduced == loss.Reduced && Equals(derivative.Setting, loss.Setting)
                && reader.Inputs.Skip(1).SequenceEqual(node.Inputs)).ToList();
        if (derivatives.Count != 1 || node.Inputs[0].Shape != node.Inputs[1].Shape) return;
        node.Become(new ElementwiseLossAndGradient(loss.Function, loss.Setting, loss.Reduced), node.Inputs);
        PassOn(node, derivatives[0], derivatives[0].Inputs[0]);
    }

    /// <summary>Lets a node that gives a loss and its gradient pass that on, times what comes from the total.</summary>
    /// <param name="last">The node that has given the logits' gradient.</param>
    /// <param name="factor">The loss's gradient.</param>
    private void PassOn(Node node, Node last, Value factor)
    {
        // A factor that is known as a number needs no tensor.
        Scalar? number = KnownNumber.Of(factor, _seed);
        bool isOne = number is Scalar.Constant { Value: 1 };
        Value unit = _computation.NewResult(
            node, 1, last.Output.Type, isOne ? last.Output.Hint : GradientContext.Name(node.Output) + "Unit");
        node.Outputs = [node.Output, unit];
        if (isOne)
        {
            _replaced.Add(last.Output, unit);
            _gone.Add(last);
        }
        else if (number is not null) last.Become(new Scale(number), unit);
        else last.Become(new Multiply(), unit, factor);
    }

    // Over the classes, of one row for each sample.
    private bool IsOfRows(Value logProbabilities) =>
        logProbabilities.Producer.Operation is LogSoftmax { Dimension: -1 or 1 } && logProbabilities.Shape.Rank == 2
        && !_roots.Contains(logProbabilities);

    // Whether nothing but the next step reads a value.
    private bool IsStep(Value value, Node next) => next.Inputs[0] == value && Readers(value).Count == 1;

    private List<Node> Readers(Value value, Node? except = null) =>
        _computation.Uses(value).Where(node => node != except && !_gone.Contains(node)).ToList();

    private static Node? Find<TOperation>(IEnumerable<Node> nodes) =>
        nodes.FirstOrDefault(node => node.Operation is TOperation);
}
