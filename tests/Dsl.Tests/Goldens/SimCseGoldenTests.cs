using Dsl.Runtime;
using Dsl.Tests.SimCses;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>SimCSE in both targets: three steps against PyTorch without masks, and a step with masks against the
/// formula.</summary>
public sealed class SimCseGoldenTests
{
    public static TheoryData<string, Func<object, IDisposable>> Cases => new()
    {
        { "simcse_mlp", model => new SimCseMlp((Mlp)model) },
        { "simcse_mlp", model => new SimCseMlpAutograd((Mlp)model) },
        { "simcse_cnn", model => new SimCseCnn((Cnn)model) },
        { "simcse_cnn", model => new SimCseCnnAutograd((Cnn)model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, IDisposable> create)
    {
        var golden = Golden.Load("simcse/" + name);
        nn.Module model = name == "simcse_mlp" ? new Mlp() : new Cnn();
        Restore(golden, "initial.", model.state_dict());
        using var trainer = create(model);
        for (int step = 0; step < 3; step++)
        {
            string at = $"step{step}.";
            dynamic losses = ComputeGradients(trainer, golden[at + "batch.input"]);
            golden.Matches(at + "loss.contrastive", (Tensor)losses.Contrastive);
            var arena = (ParameterArena)((dynamic)model).Arena;
            foreach (var (parameter, value) in model.named_parameters())
                golden.Matches($"{at}gradient.{Numbered(parameter)}", ArenaGradient.Of(arena, value));
            ((dynamic)trainer).ApplyGradients();
            foreach (var (state, value) in model.state_dict()) golden.Matches($"{at}after.{Numbered(state)}", value);
        }

        void Restore(Golden from, string prefix, Dictionary<string, Tensor> state)
        {
            using var noGrad = no_grad();
            foreach (var (key, target) in state) target.copy_(from[prefix + Numbered(key)]);
        }

        // The layer behind the dropout, which the golden is without.
        string Numbered(string key) => key.Replace(
            name == "simcse_mlp" ? "4." : "9.", name == "simcse_mlp" ? "3." : "8.", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Passes_have_masks_of_their_own(bool isAutograd)
    {
        using Sentences model = new(new Generator(4)), twin = new(new Generator(4));
        dynamic trainer = isAutograd ? new SimCseSentencesAutograd(model) : new SimCseSentences(model);
        using Tensor tokens = randint(0, 9, [5, 6], ScalarType.Int64, generator: new Generator(6));
        dynamic losses = ComputeGradients((object)trainer, tokens);

        using var stream = new RandomStream((long)trainer.Seed, "dropout");
        twin.train();
        twin.DropoutStream = stream.At(0);
        Tensor z = twin.forward(cat([tokens, tokens], 0));
        Tensor loss = zeros([]);
        for (int i = 0; i < 5; i++)
        {
            Tensor cosines = nn.functional.cosine_similarity(z[i].unsqueeze(0), z.narrow(0, 5, 5), dim: 1);
            Assert.InRange(cosines[i].ToDouble(), -1, 0.999);
            loss = loss.sub(cosines.div(0.05).sub(cosines.div(0.05).logsumexp(0))[i].div(5));
        }

        loss.backward();
        Close.To(loss.detach(), (Tensor)losses.Contrastive, "loss");
        foreach (var ((name, value), (_, own)) in twin.named_parameters().Zip(model.named_parameters()))
            Close.To(value.grad!, ArenaGradient.Of(model.Arena, own), name, 1e-4);
    }

    private static object ComputeGradients(object trainer, Tensor input)
    {
        dynamic batch = Activator.CreateInstance(trainer.GetType().GetNestedType("Batch")!, input.alias())!;
        dynamic draws = Activator.CreateInstance(trainer.GetType().GetNestedType("Draws")!)!;
        return ((dynamic)trainer).ComputeGradients(batch, draws);
    }
}
