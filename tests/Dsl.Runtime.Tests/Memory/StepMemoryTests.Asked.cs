using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Memory;

// Networks that a step asks and does not train.
public sealed partial class StepMemoryTests
{
    [Fact]
    public void A_network_that_is_asked_leaves_its_answer_alone()
    {
        using var network = new Doubling();
        using var input = ones(4, 6);
        List<Tensor> answers = [];
        void Step()
        {
            var before = TensorMemory.Empty(10);
            before.fill_(7);
            var answer = FrozenNetwork.Forward(network, input, 6);
            var next = TensorMemory.Empty(24);
            next.fill_(5);
            Assert.Equal(24 * 4, answer.sum().item<float>());
            Assert.Equal(70, before.sum().item<float>());
            answers.Add(answer);
            before.Free();
            answer.Free();
            next.Free();
        }

        for (int i = 0; i < 4; i++) InStep(Step);
        Assert.Equal(3, _memory.Followed);
        Assert.Same(answers[^1], answers[^2]);

        // What came before, the two values on the way, and the answer; what follows takes the place of one of the two.
        Assert.Equal((16 + 3 * 32) * sizeof(float), _memory.Bytes);
    }

    [Fact]
    public void What_an_answer_is_a_view_of_lives_on()
    {
        using var network = new Doubling { IsFlat = true };
        using var input = ones(4, 6);
        void Step()
        {
            var answer = FrozenNetwork.Forward(network, input, 2, 3);
            var next = TensorMemory.Empty(24);
            next.fill_(5);
            Assert.Equal(24 * 4, answer.sum().item<float>());
            next.Free();
            answer.Free();
        }

        for (int i = 0; i < 4; i++) InStep(Step);
        Assert.Equal(3, _memory.Followed);
    }

    // Takes what it computes from the step, and frees nothing of it.
    private sealed class Doubling() : nn.Module<Tensor, Tensor>(nameof(Doubling))
    {
        public bool IsFlat { get; init; }

        public override Tensor forward(Tensor input)
        {
            Tensor once = Taken(input), twice = Taken(once);
            return IsFlat ? twice.view(-1, 2, 3) : Taken(twice).copy_(twice);
        }

        private static Tensor Taken(Tensor x) => TensorMemory.Empty(4, 6).copy_(x).mul_(2);
    }
}
