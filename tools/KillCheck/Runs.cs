using Dsl.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace KillCheck;

/// <summary>Runs that save after every step, and go on with the file that they find.</summary>
internal static class Runs
{
    /// <summary>Each by its name: what it trains from a file that may be there, to the end, and then the networks.</summary>
    public static IReadOnlyDictionary<string, Func<string, IReadOnlyList<nn.Module>>> All { get; } =
        new Dictionary<string, Func<string, IReadOnlyList<nn.Module>>>
        {
            ["plain"] = file =>
            {
                var trainer = new PlainTrainer(new Digits(Seeded()));
                Resume(trainer, file);
                trainer.Fit(Images(), file);
                return [trainer.Model, trainer.Average];
            },
            ["accumulation"] = file =>
            {
                var trainer = new AccumulationTrainer(new Digits(Seeded()));
                Resume(trainer, file);
                trainer.Fit(Images(), file);
                return [trainer.Model];
            },
            ["fixmatch"] = file =>
            {
                var trainer = new FixMatchTrainer(new Digits(Seeded()));
                Resume(trainer, file);
                trainer.Fit(Images(), Images(), file);
                return [trainer.Model];
            },
            ["moco"] = file =>
            {
                var trainer = new MoCoTrainer(new Encoder(Seeded()));
                Resume(trainer, file);
                trainer.Fit(Images(), file);
                return [trainer.Model];
            },
            ["gan"] = file =>
            {
                var trainer = new GanTrainer(new Painter(Seeded()), new Judge(Seeded()));
                Resume(trainer, file);
                trainer.Fit(Images(), file);
                return [trainer.Model, trainer.Discriminator];
            },
            ["dqn"] = file =>
            {
                var trainer = new DqnTrainer(new Values(Seeded()));
                Resume(trainer, file);
                trainer.Fit(new VectorEnvironment<float[], int>(() => new CartPole(), 2), file);
                return [trainer.Model];
            },
        };

    private static Generator Seeded() => new(1);

    private static void Resume(Trainer trainer, string file)
    {
        if (File.Exists(file)) trainer.Resume(file);
    }

    private static InMemoryData Images()
    {
        using var generator = new Generator(2);
        return new InMemoryData(
            rand([128, 1, 8, 8], generator: generator), randint(0, 10, [128], ScalarType.Int64, generator: generator));
    }
}
