using System.Globalization;
using Dsl.Runtime;
using Recipes.Adversaries;
using Recipes.Continual;
using Recipes.Cora;
using Recipes.Generation;
using Recipes.Graphs;
using Recipes.Handwriting;
using Recipes.Latents;
using Recipes.LongTails;
using Recipes.MissingClass;
using Recipes.Mixtures;
using Recipes.NoisyLabels;
using Recipes.Pixels;
using Recipes.Reinforcement;
using Recipes.Representations;
using Recipes.Robustness;
using Recipes.Scenes;
using Recipes.SemiSupervised;
using Recipes.Shakespeare;
using Recipes.Sinusoids;
using Recipes.Transfer;
using Recipes.Uncertainty;
using Recipes.Words;
using static TorchSharp.torch;

namespace Recipes;

/// <summary>A published result that can be run again.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Run">Runs it with a number of seeds, shows the table, and returns whether every result reached its
/// reference.</param>
public sealed partial record Recipe(string Name, string Description, Func<int, Device, bool> Run)
{
    /// <summary>Every recipe.</summary>
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("shapes-ssd", "An SSD finds drawn shapes on clutter: mean average precision.",
            (seeds, device) => Shapes("SSD", ScenesRecipe.Ssd, ScenesRecipe.SsdReference, seeds, device)),
        new("shapes-yolo", "The same by a grid of cells (YOLO v1).",
            (seeds, device) => Shapes("YOLO", ScenesRecipe.Yolo, ScenesRecipe.YoloReference, seeds, device)),
        new("shapes-faster-rcnn", "The same in two stages (Faster R-CNN).",
            (seeds, device) => Shapes("Faster-RCNN", ScenesRecipe.FasterRcnn, ScenesRecipe.FasterRcnnReference, seeds, device)),
        new("shapes-masks", "A U-Net tells the shape of each pixel, by cross-entropy and with a Dice loss: mean overlaps.",
            Masks),
        new("cora-gcn", "Graph convolutional network on Cora (Kipf and Welling 2017): test accuracy 81.5 %.",
            (seeds, device) => Cora("Cora, graph convolutions", CoraRecipes.Gcn, 81.5, 0.7, seeds, device)),
        new("cora-gat", "Graph attention network on Cora (Veličković et al. 2018): test accuracy 83.0 %.",
            (seeds, device) => Cora("Cora, graph attention", CoraRecipes.Gat, 83.0, 1.0, seeds, device)),
        new("graph-classes", "Cycles against trees by sums and by means of neighbours (Xu et al. 2019, section 5).",
            GraphClasses),
        new("digits-regularizers", "Regularisers of the output on 300 handwritten digits.",
            (seeds, device) => Handwriting("300 labels", HandwritingRecipes.FewLabels, recipe => recipe.Regularizers(),
                HandwritingRecipes.FewLabelsReferences, seeds, device)),
        new("digits-label-noise", "Regularisers and mixup on handwritten digits, 40 % of which have a wrong label.",
            (seeds, device) => Handwriting("40 % label noise", HandwritingRecipes.WrongLabels, recipe => recipe.Robust(),
                HandwritingRecipes.WrongLabelsReferences, seeds, device)),
        new("digits-long-tail", "Handwritten digits of which some have a hundred images and others two.", LongTail),
        new("digits-noisy-labels", "The same labels beside 50 right ones, by which samples are weighed; robust losses.",
            NoisyLabels),
        new("digits-missing-class", "A student that never sees a 3 learns of it from its teacher (Hinton et al. 2015).",
            MissingClass),
        new("digits-mixing", "Mixtures of samples on 200 handwritten digits: clean images, corrupted ones, calibration.",
            Mixtures),
        new("digits-50-labels", "Semi-supervised schemes on handwritten digits, 50 of which have a label.",
            (seeds, device) => SemiSupervised(50, SemiSupervisedReferences.Fifty, seeds, device)),
        new("digits-20-labels", "The same with 20 labels.",
            (seeds, device) => SemiSupervised(20, SemiSupervisedReferences.Twenty, seeds, device)),
        new("digits-representation", "Features of handwritten digits learned with and without labels, by probes.",
            Representation),
        new("mnist-representation", "The same of MNIST's test images: random weights, labels, SimCLR, triplets.", MnistFeatures),
        new("digits-novelty", "Digits of classes that no training saw, told by the density of features.", Novelty),
        new("digits-vae", "Variational autoencoders of handwritten digits: the evidence lower bound with three weights β.",
            Variational),
        new("digits-pixelcnn", "A model of the pixels of handwritten digits, one after another: bits a dimension.", Pixelwise),
        new("digits-diffusion", "Handwritten digits made of noise by diffusion and by a flow, judged by a classifier.",
            Generation),
        new("digits-gan", "Handwritten digits made of noise by generators against judges, scored by a classifier.",
            Adversaries),
        new("digits-cycle-gan", "Digits are mapped to inverted and to turned ones without pairs, beside the known truth.",
            Cycles),
        new("digits-adversarial", "Handwritten digits under attack: adversarial training, TRADES, and defences that fail.",
            Robustness),
        new("digits-adapters", "A network of the digits 0 to 4 goes on to others by low-rank changes and adapters.",
            Adapters),
        new("digits-continual", "Handwritten digits as tasks one after another: EWC, learning without forgetting, rehearsal.",
            Continual),
        new("digits-uncertainty",
            "What networks trained on 300 handwritten digits know of their errors: scaling, ensembles, dropout that stays on.",
            Doubt),
        new("sinusoid-maml", "Sine waves from ten samples by MAML (Finn et al. 2017): errors after 0, 1, 5 and 10 steps.", Waves),
        new("bandits", "Strategies on the ten-armed test bed (Sutton and Barto 2018, section 2.3).",
            (seeds, _) => BanditRecipe.Run(seeds)),
        new("cliff", "Q-learning and SARSA beside a cliff (Sutton and Barto 2018, example 6.6).",
            (seeds, _) => CliffRecipe.Run(seeds)),
        new("cartpole-dqn", "Double DQN on CartPole-v1: 475 of 500 within 150,000 steps.", CartPoleRecipe.Dqn),
        new("cartpole-ppo", "PPO on CartPole-v1: 475 of 500 within 200,000 steps.", CartPoleRecipe.Ppo),
        new("cartpole-a2c", "A2C on CartPole-v1: 475 of 500 within 200,000 steps.", CartPoleRecipe.A2c),
        new("mnist-100-labels", "FixMatch on MNIST's test images, 100 of 8,000 with a label: at least halves the error.", Mnist),
        new("shakespeare",
            "Transformer of characters on tiny Shakespeare (nanoGPT's recipe for a CPU): validation loss 1.90 nats.",
            Shakespeare),
        new("shakespeare-words", "Shakespeare's words by counts, skip-gram, fastText and GloVe, on unseen speeches.", Words),
    ];
}
