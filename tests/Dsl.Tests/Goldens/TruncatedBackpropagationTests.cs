using Dsl.Runtime;
using Dsl.Tests.Truncated;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Truncated
{
    [Model(4, Elements = Elements.Index, CarriesStates = true), Embedding(7, 5), Rnn(6, Layers = 2), Linear(7)]
    public partial class RnnWriter;

    [Trainer<RnnWriter>, CrossEntropy(PerPosition = true), TruncatedBackpropagation, Sgd(0.1), BatchSize(3), Steps(4)]
    public partial class RnnExplicit;

    [Trainer<RnnWriter>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), TruncatedBackpropagation, Sgd(0.1)]
    [BatchSize(3), Steps(4)]
    public partial class RnnAutograd;

    [Model(4, Elements = Elements.Index, CarriesStates = true, Stepwise = true), Embedding(7, 5), Lstm(6, Layers = 2), Linear(7)]
    public partial class LstmWriter;

    [Model(12, Elements = Elements.Index), Embedding(7, 5), Lstm(6, Layers = 2), Linear(7)]
    public partial class WholeLstmWriter;

    [Trainer<LstmWriter>, CrossEntropy(PerPosition = true), TruncatedBackpropagation, Sgd(0.1), BatchSize(3), Steps(4)]
    public partial class LstmExplicit;

    [Trainer<LstmWriter>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), TruncatedBackpropagation, Sgd(0.1)]
    [BatchSize(3), Steps(4)]
    public partial class LstmAutograd;

    [Trainer<LstmWriter>, CrossEntropy(PerPosition = true), TruncatedBackpropagation, Adam(0.01), BatchSize(3), Steps(8)]
    public partial class LongLstmTrainer;

    [Model(4, Elements = Elements.Index, CarriesStates = true), Embedding(7, 5), Gru(6, Layers = 2), Linear(7)]
    public partial class GruWriter;

    [Model(12, Elements = Elements.Index), Embedding(7, 5), Gru(6, Layers = 2), Linear(7)]
    public partial class WholeGruWriter;

    [Model(12, Elements = Elements.Index), Embedding(7, 5), Rnn(6, Layers = 2), Linear(7)]
    public partial class WholeRnnWriter;

    [Trainer<GruWriter>, CrossEntropy(PerPosition = true), TruncatedBackpropagation, Sgd(0.1), BatchSize(3), Steps(4)]
    public partial class GruExplicit;

    [Trainer<GruWriter>(Backward = Backward.Autograd), CrossEntropy(PerPosition = true), TruncatedBackpropagation, Sgd(0.1)]
    [BatchSize(3), Steps(4)]
    public partial class GruAutograd;

    [Model(4, Elements = Elements.Index, CarriesStates = true), Embedding(9, 16), Lstm(32), Linear(9)]
    public partial class Rememberer;

    [Trainer<Rememberer>, CrossEntropy(PerPosition = true), TruncatedBackpropagation, Adam(0.01), BatchSize(8), Epochs(60)]
    public partial class RemembererTrainer;

    [Trainer<Rememberer>, CrossEntropy(PerPosition = true), Adam(0.01), BatchSize(8), Epochs(60)]
    public partial class ForgetterTrainer;
}

namespace Dsl.Tests
{
    /// <summary>Truncated backpropagation through time against tests/goldens/truncated.py, in both targets; states that are
    /// carried on are what one pass over all would have.</summary>
    public class TruncatedBackpropagationTests
    {
        [Fact]
        public void Steps_of_a_simple_recurrence()
        {
            var golden = Golden.Load("truncated/rnn");
            using var first = new RnnExplicit(new RnnWriter());
            Run(golden, first.Model, first.CarriedStates, (x, y) => first.Step(new(x, y)).Total);
            using var second = new RnnAutograd(new RnnWriter());
            Run(golden, second.Model, second.CarriedStates, (x, y) => second.Step(new(x, y)).Total);
        }

        [Fact]
        public void Steps_of_a_long_short_term_memory()
        {
            var golden = Golden.Load("truncated/lstm");
            using var first = new LstmExplicit(new LstmWriter());
            Run(golden, first.Model, first.CarriedStates, (x, y) => first.Step(new(x, y)).Total);
            using var second = new LstmAutograd(new LstmWriter());
            Run(golden, second.Model, second.CarriedStates, (x, y) => second.Step(new(x, y)).Total);
        }

        [Fact]
        public void Steps_of_gated_recurrent_units()
        {
            var golden = Golden.Load("truncated/gru");
            using var first = new GruExplicit(new GruWriter());
            Run(golden, first.Model, first.CarriedStates, (x, y) => first.Step(new(x, y)).Total);
            using var second = new GruAutograd(new GruWriter());
            Run(golden, second.Model, second.CarriedStates, (x, y) => second.Step(new(x, y)).Total);
        }

        [Fact]
        public void Fit_carries_states_within_an_epoch_and_forgets_them_behind_it()
        {
            var golden = Golden.Load("truncated/lstm");
            using var trainer = new LstmExplicit(new LstmWriter());
            golden.Restore(trainer.Model.state_dict(), "initial.");
            using var data = Streams(golden);
            trainer.Fit(data);
            for (int i = 0; i < 4; i++)
                golden.Matches($"step3.state.{i}", trainer.CarriedStates.Tensors[i]);
            golden.Matches("step3.2.weight", trainer.Model.state_dict()["2.weight"]);
            Assert.Null(trainer.Model.CarriedStates);
        }

        [Fact]
        public void Parts_with_carried_states_are_the_whole_sequence()
        {
            Compare(new LstmWriter(new Generator(1)), new WholeLstmWriter());
            Compare(new GruWriter(new Generator(1)), new WholeGruWriter());
            Compare(new RnnWriter(new Generator(1)), new WholeRnnWriter());

            static void Compare<TParts, TWhole>(TParts parts, TWhole whole)
                where TParts : nn.Module<Tensor, Tensor>, IRecurrentModel
                where TWhole : nn.Module<Tensor, Tensor>
            {
                using (parts)
                using (whole)
                using (no_grad())
                {
                    using var scope = NewDisposeScope();
                    var values = parts.state_dict();
                    foreach (var (name, value) in whole.state_dict()) value.copy_(values[name]);
                    var tokens = randint(0, 7, new long[] { 5, 12 }, ScalarType.Int64, generator: new Generator(2));
                    var expected = whole.forward(tokens);
                    using var states = parts.NewStates(5);
                    for (int part = 0; part < 3; part++)
                    {
                        using var carried = states.Into(parts);
                        Close.To(expected.narrow(1, 4 * part, 4), parts.forward(tokens.narrow(1, 4 * part, 4)), $"part {part}");
                    }

                    // Without states, each part starts from zeros.
                    Assert.True((expected.narrow(1, 4, 4) - parts.forward(tokens.narrow(1, 4, 4))).abs().max().ToDouble() > 1e-3);
                    using var wrong = parts.NewStates(4);
                    using var other = wrong.Into(parts);
                    var refused = Assert.Throws<DataMismatchException>(() => parts.forward(tokens.narrow(1, 0, 4)));
                    Assert.Contains("NewStates(5)", refused.Message, StringComparison.Ordinal);
                }
            }
        }

        [Fact]
        public void Forward_takes_states_and_leaves_its_own()
        {
            using var model = new LstmWriter(new Generator(1));
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var tokens = randint(0, 7, new long[] { 2, 8 }, ScalarType.Int64, generator: new Generator(2));
            using var states = model.NewStates(2);
            model.forward(tokens.narrow(1, 0, 4), states);
            using var copy = states.Copy();
            var first = model.forward(tokens.narrow(1, 4, 4), states);
            Assert.Equal(0, (first - model.forward(tokens.narrow(1, 4, 4), copy)).abs().max().ToDouble());
            Assert.Equal([2, 6], states.Tensors[3].shape);

            // Place by place is the same.
            using var cache = new SequenceCache();
            for (int place = 0; place < 4; place++)
            {
                using var zero = model.NewStates(2);
                var whole = model.forward(tokens.narrow(1, 0, 4), zero);
                Close.To(whole.narrow(1, place, 1), model.Next(tokens.narrow(1, place, 1), cache), "place");
            }
        }

        [Fact]
        public void A_run_goes_on_from_its_states_bit_by_bit()
        {
            var golden = Golden.Load("truncated/lstm");
            string path = Path.Combine(Path.GetTempPath(), $"truncated-{Guid.NewGuid():N}.safetensors");
            using var data = Streams(golden);
            using var whole = new LongLstmTrainer(new LstmWriter(new Generator(4))) { Seed = 4 };
            whole.Fit(data);
            using var half = new LongLstmTrainer(new LstmWriter(new Generator(4))) { Seed = 4 };

            // Five of eight steps: in the middle of an epoch of three.
            half.CarriedStates.Begin(3);
            for (int step = 0; step < 5; step++)
            {
                if (step == 3) half.CarriedStates.Begin(3);
                using var places = arange(step % 3 * 3, step % 3 * 3 + 3, ScalarType.Int64);
                using Tensor inputs = data.ReadInputs(places), labels = data.ReadLabels(places);
                half.Step(new(inputs, labels));
            }

            half.Save(path);
            using var resumed = new LongLstmTrainer(new LstmWriter());
            resumed.Resume(path);
            File.Delete(path);
            resumed.Fit(data);
            Assert.Equal(0, (whole.Model.Arena.Values - resumed.Model.Arena.Values).abs().max().ToDouble());
        }

        [Fact]
        public void What_lies_behind_a_part_is_remembered()
        {
            // Every fifth token says what the one three places behind its successor is. A part of four places has both where
            // it begins with the first: that is where it is learned, and states carry it to where it is not.
            var random = new Random(3);
            long[] text = [.. Enumerable.Range(0, 400).SelectMany(_ =>
            {
                bool isFirst = random.Next(2) == 0;
                return (long[])[isFirst ? 7 : 8, 0, 1, 2, isFirst ? 3 : 5];
            })];
            using var data = new TokenStreams(tensor(text), length: 4, streams: 8);
            using var trainer = new RemembererTrainer(new Rememberer(new Generator(1))) { Seed = 1 };
            trainer.Fit(data);
            double carried = trainer.Evaluate(data).Loss;
            using var forgetter = new ForgetterTrainer(new Rememberer(new Generator(1))) { Seed = 1 };
            forgetter.Fit(data);
            double forgotten = forgetter.Evaluate(data).Loss;

            // Of five tokens one is drawn, log(2)/5 = 0.139 nats; who forgets does not know another one in three parts of
            // four, 1.75·log(2)/5 = 0.243.
            Assert.InRange(carried, 0.12, 0.165);
            Assert.InRange(forgotten, 0.215, 0.27);
        }

        [Fact]
        public void Data_that_do_not_follow_on_one_another_are_refused()
        {
            using var trainer = new LstmExplicit(new LstmWriter());
            using var windows = new TokenWindows(arange(100).remainder(7), 4);
            Assert.Contains("TokenStreams", Assert.Throws<DataMismatchException>(() => trainer.Fit(windows)).Message,
                StringComparison.Ordinal);
            using var others = new TokenStreams(arange(100).remainder(7), 4, streams: 5);
            Assert.Contains("5 streams", Assert.Throws<DataMismatchException>(() => trainer.Fit(others)).Message,
                StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => new TokenStreams(arange(12), 4, streams: 3));
        }

        private static TokenStreams Streams(Golden golden) => new(golden["tokens"].clone(), length: 4, streams: 3);

        private static void Run(
            Golden golden, nn.Module model, RecurrentStates states, Func<Tensor, Tensor, Tensor> step)
        {
            using var scope = NewDisposeScope();
            golden.Restore(model.state_dict(), "initial.");
            using var data = Streams(golden);
            var losses = new List<Tensor>();
            for (int i = 0; i < 4; i++)
            {
                if (i % 3 == 0) states.Begin(3);
                var places = arange(i % 3 * 3, i % 3 * 3 + 3, ScalarType.Int64);
                losses.Add(step(data.ReadInputs(places), data.ReadLabels(places)).clone());
                foreach (var (name, value) in model.state_dict()) golden.Matches($"step{i}.{name}", value);
                for (int slot = 0; slot < states.Tensors.Count; slot++)
                    golden.Matches($"step{i}.state.{slot}", states.Tensors[slot]);
            }

            golden.Matches("loss", stack(losses));
        }
    }
}
