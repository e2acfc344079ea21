using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Ports;

/// <summary>Several inputs and outputs, and tagged values that objectives read: both targets, and PyTorch's formulas.</summary>
public class PortTests
{
    [Fact]
    public void Several_outputs_have_the_same_gradients_in_both_targets()
    {
        using var model = Seeded(generator => new Gaussian(generator)).to(ScalarType.Float64);
        var input = randn([5, 6], ScalarType.Float64);
        using var tape = new Gaussian.Tape();
        var (mean, logVariance) = model.Forward(input, tape);
        var actual = model.Backward(tape, mean.cos(), logVariance.sin(), inputGradient: true)!;
        using var gradients = model.Arena.Gradients.clone();

        var watched = input.clone().requires_grad_();
        var (expectedMean, expectedLogVariance) = model.forward(watched);
        autograd.backward([expectedMean, expectedLogVariance], [mean.cos(), logVariance.sin()]);
        Close.To(expectedMean, mean, "mean", 1e-10);
        Close.To(expectedLogVariance, logVariance, "log-variance", 1e-10);
        Close.To(watched.grad!, actual, "input gradient", 1e-10);
        Parameters(model, gradients);
    }

    [Fact]
    public void Several_inputs_have_the_same_gradients_in_both_targets()
    {
        using var model = Seeded(generator => new Gated(generator)).to(ScalarType.Float64);
        var (input, gate) = (randn([5, 6], ScalarType.Float64), randn([5, 5], ScalarType.Float64));
        using var tape = new Gated.Tape();
        var output = model.Forward(input, gate, tape);
        var actual = model.Backward(tape, output.cos(), inputGradients: true)!.Value;
        using var gradients = model.Arena.Gradients.clone();

        var (watched, watchedGate) = (input.clone().requires_grad_(), gate.clone().requires_grad_());
        model.forward(watched, watchedGate).backward([output.cos()]);
        Close.To(watched.grad!, actual.Input, "input gradient", 1e-10);
        Close.To(watchedGate.grad!, actual.Gate, "gate gradient", 1e-10);
        Parameters(model, gradients);
    }

    [Fact]
    public void The_gradient_of_a_part_of_a_concatenation_passes_through_gelu()
    {
        using var model = Seeded(generator => new Joined(generator));
        var input = randn(5, 6);
        using var tape = new Joined.Tape();
        var output = model.Forward(input, tape);
        var actual = model.Backward(tape, output.cos(), inputGradient: true)!;

        var watched = input.clone().requires_grad_();
        model.forward(watched).backward([output.cos()]);
        Close.To(watched.grad!, actual, "input gradient");
    }

    [Fact]
    public void The_gradient_of_a_transposed_value_passes_through_gelu()
    {
        // By central differences, since a fault of libtorch would be in both targets: its versions before 2 had one here.
        using var model = Seeded(generator => new Turned(generator));
        var input = randn(2, 3, 4);
        using var tape = new Turned.Tape();
        var weights = model.Forward(input, tape).cos();
        var actual = model.Backward(tape, weights, inputGradient: true)!;

        using var precise = Seeded(generator => new Turned(generator)).to(ScalarType.Float64);
        var at = input.to(ScalarType.Float64);
        var wide = weights.to(ScalarType.Float64);
        var expected = zeros_like(at);
        for (int i = 0; i < at.numel(); i++)
        {
            using var step = zeros_like(at);
            step.view(-1)[i] = 1e-6;
            expected.view(-1)[i] = ((precise.forward(at + step) - precise.forward(at - step)) * wide).sum() / 2e-6;
        }

        Close.To(expected, actual, "input gradient", 1e-4);
    }

    [Fact]
    public void The_gradient_of_the_output_stays_the_callers()
    {
        using var model = Seeded(generator => new Joined(generator));
        using var tape = new Joined.Tape();
        var gradient = model.Forward(randn(5, 6), tape).cos();
        model.Backward(tape, gradient);
        Assert.Equal([5, 3], gradient.shape);
    }

    [Fact]
    public void Two_inputs_and_two_outputs()
    {
        using var model = Seeded(generator => new TwoByTwo(generator)).to(ScalarType.Float64);
        var (input, other) = (randn([3, 4], ScalarType.Float64), randn([3, 4], ScalarType.Float64));
        using var tape = new TwoByTwo.Tape();
        var (first, sum) = model.Forward(input, other, tape);
        var actual = model.Backward(tape, first.cos(), sum.sin(), inputGradients: true)!.Value;
        using var gradients = model.Arena.Gradients.clone();

        var (watched, watchedOther) = (input.clone().requires_grad_(), other.clone().requires_grad_());
        var expected = model.forward(watched, watchedOther);
        autograd.backward([expected.First, expected.Sum], [first.cos(), sum.sin()]);
        Close.To(expected.Sum, sum, "sum", 1e-10);
        Close.To(watched.grad!, actual.Input, "input gradient", 1e-10);
        Close.To(watchedOther.grad!, actual.Other, "other gradient", 1e-10);
        Parameters(model, gradients);
    }

    [Fact]
    public void A_tagged_value_is_what_the_network_computes_there()
    {
        using var model = Seeded(generator => new Deep(generator));
        var input = randn(3, 6);
        var (output, early) = model.ForwardFeatures(input);
        Close.To(nn.functional.linear(nn.functional.linear(input, model.Linear0Weight, model.Linear0Bias).tanh(),
            model.Linear2Weight, model.Linear2Bias), early, "early");
        Close.To(model.forward(input), output, "output");
    }

    [Fact]
    public void Objectives_read_tagged_values()
    {
        var (input, label) = (randn(9, 6), randint(0, 4, new long[] { 9 }, ScalarType.Int64));
        using var first = new DeepExplicit(Seeded(generator => new Deep(generator)));
        using var second = new DeepAutograd(Seeded(generator => new Deep(generator)));
        var losses = first.ComputeGradients(new(input, label), new());
        second.ComputeGradients(new(input, label), new());
        var (output, early) = first.Model.ForwardFeatures(input);
        Close.To(nn.functional.cross_entropy(early, label), losses.CrossEntropyEarly, "auxiliary term");
        Close.To(nn.functional.cross_entropy(output, label) + (0.4 * losses.CrossEntropyEarly), losses.Total, "total");
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
        Assert.Equal(0.4, first.CrossEntropyEarlyWeight);
    }

    [Fact]
    public void A_branch_that_leads_to_an_objective_alone_is_trained()
    {
        var (input, label) = (randn(9, 6), randint(0, 4, new long[] { 9 }, ScalarType.Int64));
        using var first = new SideExplicit(Seeded(generator => new Side(generator)));
        using var second = new SideAutograd(Seeded(generator => new Side(generator)));
        first.ComputeGradients(new(input, label), new());
        second.ComputeGradients(new(input, label), new());
        Assert.True(ArenaGradient.Of(first.Model.Arena, first.Model.Linear3Weight).abs().max().ToDouble() > 0);
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
    }

    [Fact]
    public void No_gradient_passes_where_it_is_stopped()
    {
        var (input, label) = (randn(9, 6), randint(0, 4, new long[] { 9 }, ScalarType.Int64));
        using var first = new ProbedExplicit(Seeded(generator => new Probed(generator)));
        using var second = new ProbedAutograd(Seeded(generator => new Probed(generator)));
        first.ComputeGradients(new(input, label), new());
        second.ComputeGradients(new(input, label), new());
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
        using var features = ArenaGradient.Of(first.Model.Arena, first.Model.Linear0Weight).clone();
        using var probe = ArenaGradient.Of(first.Model.Arena, first.Model.Linear7Weight).clone();
        Assert.True(probe.abs().max().ToDouble() > 0);

        // The probe's term tripled, its own gradient is, and that of the features is as it was.
        first.Model.Arena.Gradients.zero_();
        first.CrossEntropyProbeWeight = 3;
        first.ComputeGradients(new(input, label), new());
        Close.To(features, ArenaGradient.Of(first.Model.Arena, first.Model.Linear0Weight), "gradient of the features");
        Close.To(probe * 3, ArenaGradient.Of(first.Model.Arena, first.Model.Linear7Weight), "gradient of the probe");
    }

    [Fact]
    public void An_output_that_no_objective_reads_gets_no_gradient()
    {
        var (input, label) = (randn(9, 6), randint(0, 4, new long[] { 9 }, ScalarType.Int64));
        using var first = new OneHeadExplicit(Seeded(generator => new TwoHeads(generator)));
        using var second = new OneHeadAutograd(Seeded(generator => new TwoHeads(generator)));
        first.ComputeGradients(new(input, label), new());
        second.ComputeGradients(new(input, label), new());
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
        Assert.Equal(0, ArenaGradient.Of(first.Model.Arena, first.Model.Linear3Weight).abs().max().ToDouble());
        using var data = new InMemoryData(input, label);
        Assert.Equal(
            nn.functional.cross_entropy(first.Model.forward(input).Coarse, label).ToDouble(), first.Evaluate(data).Loss, 5);
    }

    [Fact]
    public void A_run_reads_every_input_by_its_name()
    {
        manual_seed(3);
        using var data = new InMemoryData(randn(12, 6), randint(0, 4, new long[] { 12 }, ScalarType.Int64))
            .With("gate", randn(12, 5));
        using var first = new GatedExplicit(Seeded(generator => new Gated(generator)));
        using var second = new GatedAutograd(Seeded(generator => new Gated(generator)));
        double before = first.Evaluate(data).Loss;
        first.Fit(data);
        second.Fit(data);
        Assert.True(first.Evaluate(data).Loss < before);
        Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters after a run");
        Assert.Throws<ArgumentException>(() => data.ReadInput("edges", arange(2)));
    }

    [Fact]
    public void Every_token_is_a_prediction()
    {
        var (input, label) = (randn(3, 7, 6), randint(0, 4, new long[] { 3, 7 }, ScalarType.Int64));
        label[0, 2] = -100;
        using var first = new TaggerExplicit(Seeded(generator => new Tagger(generator)));
        using var second = new TaggerAutograd(Seeded(generator => new Tagger(generator)));
        var loss = first.ComputeGradients(new(input, label), new()).Total;
        second.ComputeGradients(new(input, label), new());
        var logits = first.Model.forward(input);
        Close.To(nn.functional.cross_entropy(logits.permute(0, 2, 1), label), loss, "loss");
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
        using var data = new InMemoryData(input, label);
        Assert.Equal(20, first.Evaluate(data).Count);
        Assert.Equal(loss.ToDouble(), first.Evaluate(data).Loss, 1e-5);
    }

    [Fact]
    public void Every_pixel_is_a_prediction()
    {
        var (input, label) = (randn(3, 2, 5, 5), randint(0, 3, new long[] { 3, 5, 5 }, ScalarType.Int64));
        using var first = new SegmenterExplicit(Seeded(generator => new Segmenter(generator)));
        using var second = new SegmenterAutograd(Seeded(generator => new Segmenter(generator)));
        var loss = first.ComputeGradients(new(input, label), new()).Total;
        second.ComputeGradients(new(input, label), new());
        Close.To(nn.functional.cross_entropy(first.Model.forward(input), label), loss, "loss");
        Close.To(second.Model.Arena.Gradients, first.Model.Arena.Gradients, "gradients");
    }

    private static T Seeded<T>(Func<Generator, T> create)
    {
        manual_seed(11);
        using var generator = new Generator(7);
        return create(generator);
    }

    /// <summary>A parameter and its gradient lie at the same place in their arenas.</summary>
    private static void Parameters(nn.Module model, Tensor gradients)
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var actual = gradients.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
            Close.To(parameter.grad!, actual, name, 1e-10);
        }
    }
}
