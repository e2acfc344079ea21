module Program

open Dsl.Runtime
open Shop.Models

// Three kinds that weight and length tell apart.
let fruits =
    [ for i in 0..89 ->
          let kind, weight, length, color =
              match i % 3 with
              | 0 -> "apple", 170.0f, 7.5f, Color.Red
              | 1 -> "pear", 180.0f, 11.0f, Color.Green
              | _ -> "lemon", 110.0f, 9.0f, Color.Yellow
          Fruit(weight + float32 (i % 7), length + float32 (i % 5) / 10.0f, color, kind) ]

[<EntryPoint>]
let main _ =
    let parts = Fruit.From(fruits).StratifiedSplit(0.2, seed = 1L)
    use net = new FruitNet()
    use trainer = new FruitTrainer(net)
    trainer.Fit(parts.Train) |> ignore
    let prediction = net.Predict(fruits[1])
    printfn $"{trainer.Evaluate(parts.Test).Accuracy:P0} of {parts.Test.Count} rows, {prediction.Class}"
    if prediction.Class = "pear" then 0 else 1
