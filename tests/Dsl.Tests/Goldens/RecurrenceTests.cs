using Dsl.Runtime;
using Dsl.Tests.Oracles;
using Dsl.Tests.Recurrences;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Recurrences beside what PyTorch's goldens can say: dropout between layers, the kernels alone, whole stacks.</summary>
public class RecurrenceTests
{
    public enum Kernel
    {
        Tanh,
        ReLU,
        Lstm,
        Gru,
    }

    [Fact]
    public void Dropout_stands_between_the_layers()
    {
        using var generator = new Generator(5);
        using var model = new Dropped(generator);
        using var below = new Below();
        using var above = new Above();
        var parameters = model.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        using (no_grad())
        {
            foreach (var (name, parameter) in below.named_parameters()) parameter.copy_(parameters[name]);
            foreach (var (name, parameter) in above.named_parameters()) parameter.copy_(parameters[name.Replace("_l0", "_l1")]);
        }

        var input = randn([3, 5, 4], generator: generator);

        // The same stream gives the mask by itself; inside, a sequence is [T, N, H].
        var (_, mask) = InvertedDropout.Sample(ones(5, 3, 6), 0.4, new Generator(11));
        Assert.InRange(mask.eq(0).to(ScalarType.Float32).mean().ToDouble(), 0.1, 0.7);
        var expected = above.forward(below.forward(input) * mask.permute(1, 0, 2));
        using var tape = new Dropped.Tape();
        model.DropoutStream = new Generator(11);
        Close.To(expected, model.Forward(input, tape), "explicit");
        model.DropoutStream = new Generator(11);
        Close.To(expected, model.forward(input), "autograd");
        model.eval();
        Close.To(above.forward(below.forward(input)), model.forward(input), "evaluation");
    }

    [Fact]
    public void Dropout_drops_what_every_layer_but_the_last_returns()
    {
        using var generator = new Generator(7);
        using var model = new DroppedTwice(generator) { DropoutStream = new Generator(3) };
        using var tape = new DroppedTwice.Tape();
        var output = model.Forward(randn([50, 20, 30], generator: generator), tape);
        Assert.Equal(0, output.eq(0).sum().ToDouble());
        foreach (var mask in new[] { tape.Gru0L0Mask, tape.Gru0L1Mask })
        {
            Assert.Equal([20, 50, 16], mask.shape);
            Assert.InRange(mask.eq(0).to(ScalarType.Float32).mean().ToDouble(), 0.23, 0.27);
            Close.To(mask.ne(0).to(ScalarType.Float32) / 0.75, mask, "what is kept is scaled");
        }

        Assert.NotEqual(0, (tape.Gru0L0Mask - tape.Gru0L1Mask).abs().sum().ToDouble());
    }

    [Fact]
    public void Explicit_equals_autograd_in_a_stack_of_all()
    {
        using var generator = new Generator(5);
        using var model = new EveryRecurrence(generator).to(ScalarType.Float64);
        var input = randn([7, 6, 4], ScalarType.Float64, generator: generator);
        BothTargets.Agree(model, new EveryRecurrence.Tape(), input, () => model.DropoutStream = new Generator(11));
    }

    [Fact]
    public void A_gradient_passes_through_frozen_recurrences()
    {
        using var generator = new Generator(5);
        using var model = new FrozenBetween(generator).to(ScalarType.Float64);
        using var tape = new FrozenBetween.Tape();
        var input = randn([7, 6, 4], ScalarType.Float64, generator: generator);
        var output = model.Forward(input, tape);
        var inputGradient = model.Backward(tape, output, inputGradient: true)!;
        using var gradients = model.Arena.Gradients.clone();

        var watched = input.clone().requires_grad_();
        model.Arena.Gradients.zero_();
        model.BindGradients();
        model.forward(watched).backward([output]);
        Close.To(watched.grad!, inputGradient, "input gradient", 1e-10);
        Close.To(model.Arena.Gradients, gradients, "gradients", 1e-10);
        Assert.Equal(["0", "2"], model.named_parameters().Where(pair => pair.parameter.requires_grad)
            .Select(pair => pair.name.Split('.')[0]).Distinct());
        Assert.NotEqual(0, gradients.abs().sum().ToDouble());
    }

    [Fact]
    public void Strided_inputs_and_gradients_are_read_in_their_order()
    {
        using var model = new GatedBidirectional().to(ScalarType.Float64);
        using var generator = new Generator(3);
        using var tape = new GatedBidirectional.Tape();
        using var copy = new GatedBidirectional.Tape();
        var input = randn([3, 4, 5], ScalarType.Float64, generator: generator).permute(0, 2, 1);
        Close.To(model.Forward(input.contiguous(), copy), model.Forward(input, tape), "output", 1e-12);
        var gradient = randn([3, 1, 1], ScalarType.Float64, generator: generator).expand(3, 5, 12);
        Close.To(model.Backward(copy, gradient.contiguous(), inputGradient: true)!,
            model.Backward(tape, gradient, inputGradient: true)!, "gradient", 1e-12);
    }

    [Theory]
    [InlineData(Kernel.Tanh, false, 4)]
    [InlineData(Kernel.Tanh, true, 4)]
    [InlineData(Kernel.ReLU, false, 4)]
    [InlineData(Kernel.ReLU, true, 3)]
    [InlineData(Kernel.Lstm, false, 4)]
    [InlineData(Kernel.Lstm, true, 5)]
    [InlineData(Kernel.Lstm, false, 1)]
    [InlineData(Kernel.Lstm, true, 1)]
    [InlineData(Kernel.Gru, false, 4)]
    [InlineData(Kernel.Gru, true, 5)]
    [InlineData(Kernel.Gru, false, 1)]
    [InlineData(Kernel.Gru, true, 1)]
    public void Gradients_of_the_sums_equal_central_differences(Kernel kernel, bool reverse, int length)
    {
        // With the unit matrix as the weight the sums W x are the input: its derivative is that of the sums.
        const int hidden = 3;
        int gates = kernel switch { Kernel.Lstm => 4, Kernel.Gru => 3, _ => 1 };
        using var generator = new Generator(17);
        var sums = randn([length, 2, gates * hidden], ScalarType.Float64, generator: generator);
        var unit = eye(gates * hidden, dtype: ScalarType.Float64);
        var weight = randn([gates * hidden, hidden], ScalarType.Float64, generator: generator);
        var bias = randn([gates * hidden], ScalarType.Float64, generator: generator);
        var stateBias = randn([gates * hidden], ScalarType.Float64, generator: generator);
        var gradient = randn([length, 2, hidden], ScalarType.Float64, generator: generator);

        Tensor States() => kernel switch
        {
            Kernel.Lstm => LstmRecurrence.Forward(sums, unit, weight, bias, reverse).States,
            Kernel.Gru => GruRecurrence.Forward(sums, unit, weight, bias, stateBias, reverse).States,
            _ => RnnRecurrence.Forward(sums, unit, weight, bias, reverse, kernel == Kernel.ReLU),
        };

        double Loss() => (States() * gradient).sum().ToDouble();
        var (ofInput, ofState) = Backward(kernel, sums, unit, weight, bias, stateBias, gradient, reverse);
        GradientOracleTests.Differences(sums.view(-1), ofInput.view(-1), Loss);
        GradientOracleTests.Differences(bias, ofInput.sum([0, 1]), Loss);
        if (kernel == Kernel.Gru) GradientOracleTests.Differences(stateBias, ofState.sum([0, 1]), Loss);

        // The states' weight sees each state but the last, beside the gradient of the step after it.
        var states = States();
        if (length == 1) return;
        long others = length - 1;
        var before = states.narrow(0, reverse ? 1 : 0, others).reshape(-1, hidden);
        var later = ofState.narrow(0, reverse ? 0 : 1, others).reshape(-1, gates * hidden);
        GradientOracleTests.Differences(weight.view(-1), later.t().mm(before).reshape(-1), Loss);
    }

    [Fact]
    public void Both_trainers_take_the_same_steps()
    {
        manual_seed(3);
        using var first = new RecurrenceTrainer(new EveryRecurrence());
        using var second = new RecurrenceAutogradTrainer(new EveryRecurrence());
        using (no_grad()) second.Model.Arena.Values.copy_(first.Model.Arena.Values);
        for (int step = 0; step < 3; step++)
        {
            var (input, label) = (randn(9, 6, 4), randint(0, 3, new long[] { 9 }, ScalarType.Int64));
            Close.To(second.Step(new(input, label)).Total, first.Step(new(input, label)).Total, "loss");
            Close.To(second.Model.Arena.Values, first.Model.Arena.Values, "parameters", 1e-4);
        }
    }

    private static (Tensor OfInput, Tensor OfState) Backward(
        Kernel kernel, Tensor input, Tensor unit, Tensor weight, Tensor bias, Tensor stateBias, Tensor gradient, bool reverse)
    {
        if (kernel == Kernel.Lstm)
        {
            var (_, gates, cells, squashed) = LstmRecurrence.Forward(input, unit, weight, bias, reverse);
            var ofSums = LstmRecurrence.Backward(gradient, weight, gates, cells, squashed, reverse);
            return (ofSums, ofSums);
        }

        if (kernel == Kernel.Gru)
        {
            var (states, gates, memory) = GruRecurrence.Forward(input, unit, weight, bias, stateBias, reverse);
            return GruRecurrence.Backward(gradient, weight, states, gates, memory, reverse);
        }

        bool rectified = kernel == Kernel.ReLU;
        var h = RnnRecurrence.Forward(input, unit, weight, bias, reverse, rectified);
        var sums = RnnRecurrence.Backward(gradient, weight, h, reverse, rectified);
        return (sums, sums);
    }
}
