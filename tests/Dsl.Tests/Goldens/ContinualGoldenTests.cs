using Dsl.Runtime;
using Dsl.Tests.Continual;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Two tasks one after another against PyTorch, with batch normalisation and without, in both targets.</summary>
public class ContinualGoldenTests
{
    public static TheoryData<string, Func<object, IDisposable>> Cases => new()
    {
        { "ewc_mlp", model => new EwcMlp((Mlp)model) },
        { "ewc_mlp", model => new EwcMlpAutograd((Mlp)model) },
        { "ewc_cnn", model => new EwcCnn((Cnn)model) },
        { "ewc_cnn", model => new EwcCnnAutograd((Cnn)model) },
        { "ewc_online_mlp", model => new OnlineMlp((Mlp)model) },
        { "ewc_online_mlp", model => new OnlineMlpAutograd((Mlp)model) },
        { "ewc_online_cnn", model => new OnlineCnn((Cnn)model) },
        { "ewc_online_cnn", model => new OnlineCnnAutograd((Cnn)model) },
        { "lwf_mlp", model => new LwfMlp((Mlp)model) },
        { "lwf_mlp", model => new LwfMlpAutograd((Mlp)model) },
        { "lwf_cnn", model => new LwfCnn((Cnn)model) },
        { "lwf_cnn", model => new LwfCnnAutograd((Cnn)model) },
        { "si_mlp", model => new SiMlp((Mlp)model) },
        { "si_mlp", model => new SiMlpAutograd((Mlp)model) },
        { "si_cnn", model => new SiCnn((Cnn)model) },
        { "si_cnn", model => new SiCnnAutograd((Cnn)model) },
        { "agem_mlp", model => new AgemMlp((Mlp)model) },
        { "agem_mlp", model => new AgemMlpAutograd((Mlp)model) },
        { "agem_cnn", model => new AgemCnn((Cnn)model) },
        { "agem_cnn", model => new AgemCnnAutograd((Cnn)model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_tasks(string name, Func<object, IDisposable> create)
    {
        var golden = Golden.Load("continual/" + name);
        nn.Module<Tensor, Tensor> model = name.EndsWith("_mlp", StringComparison.Ordinal) ? new Mlp() : new Cnn();
        golden.Restore(model.state_dict(), "initial.");
        using var owned = create(model);
        dynamic trainer = owned;
        var arena = (ParameterArena)((dynamic)model).Arena;
        for (int task = 0; task < 2; task++)
        {
            for (int step = 0; step < 2; step++) Step(golden, trainer, model, arena, task, step);
            using var ended = new InMemoryData(golden[$"task{task}.input"].clone(), 
                golden.Names.Contains($"task{task}.label") ? golden[$"task{task}.label"].clone() : zeros(7, ScalarType.Int64));
            if (name.StartsWith("ewc", StringComparison.Ordinal)) CheckInformation(golden, model, arena, ended, task);
            trainer.EndTask(ended);
            Assert.Equal(0L, (long)trainer.StepCount);
            Assert.Equal(task + 1L, (long)trainer.Tasks.Count);
            Assert.Equal(0, Aten.item(arena.Gradients.abs().max()));
        }
    }

    private static void Step(
        Golden golden, dynamic trainer, nn.Module<Tensor, Tensor> model, ParameterArena arena, int task, int step)
    {
        string at = $"task{task}.step{step}.", given = $"task{task}.batch{step}.";
        Type type = ((object)trainer).GetType();
        object batch = Activator.CreateInstance(
            type.GetNestedType("Batch")!, golden[given + "input"].clone(), golden[given + "label"].clone())!;
        object draws = Activator.CreateInstance(type.GetNestedType("Draws")!)!;
        object losses = trainer.ComputeGradients((dynamic)batch, (dynamic)draws);
        foreach (var loss in losses.GetType().GetProperties().Where(property => property.PropertyType == typeof(Tensor)))
        {
            string name = loss.Name switch { "Total" => "total", "CrossEntropy" => "cross_entropy", _ => "term" };

            // Before a task has ended the copy that LwF asks is the network as it began, and the weight is 0.
            if (task == 0 && loss.Name == "LearningWithoutForgetting") continue;
            golden.Matches($"{at}loss.{name}", (Tensor)loss.GetValue(losses)!);
        }

        foreach (var (name, parameter) in model.named_parameters())
            golden.Matches($"{at}gradient.{name}", ArenaGradient.Of(arena, parameter));
        if (golden.Names.Contains(at + "cosine")) golden.Matches(at + "cosine", tensor((double)trainer.Projection.Cosine()));
        trainer.ApplyGradients();
        foreach (var (name, value) in model.state_dict()) golden.Matches($"{at}after.{name}", value);
    }

    private static void CheckInformation(
        Golden golden, nn.Module<Tensor, Tensor> model, ParameterArena arena, InMemoryData ended, int task)
    {
        model.train();
        using var information = FisherInformation.Diagonal(model, arena, ended, samples: 0, sampled: false, seed: 3, CPU);
        Assert.True(model.training);
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var own = information.narrow(0, parameter.storage_offset(), parameter.numel()).view(parameter.shape);
            golden.Matches($"task{task}.fisher.{name}", own);
        }
    }
}
